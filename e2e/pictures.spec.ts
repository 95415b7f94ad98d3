import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type PictureState, pictureAccount, pictureStates } from "./support/picture-states.ts";
import type { Shell } from "./support/shell.ts";
import { test as base, expect } from "./support/test.ts";

const folder = join(import.meta.dirname, "..", "docs", "pictures");

/** Undoes what a state wrote, so that no picture depends on those before it. */
const test = base.extend<{ restored: undefined }>({
  restored: [
    async ({ api }, use) => {
      const { id } = pictureAccount;
      const [{ name, plan, notes }, rows] = [await api.account(id), await api.rows(id)];
      await use(undefined);
      await api.send("PATCH", `/accounts/${id}`, { name, plan, notes });
      const pinned = new Map((await api.rows(id)).map((row) => [row.id, row.pinned]));
      for (const row of rows)
        if (pinned.get(row.id) !== row.pinned)
          await api.send("PATCH", `/activities/${row.id}`, { pinned: row.pinned });
    },
    { auto: true },
  ],
});

// Times on screen do not depend on the machine.
test.use({ timezoneId: "UTC", locale: "en-US", contextOptions: { reducedMotion: "reduce" } });

for (const state of pictureStates) {
  test.describe(() => {
    test.use({ viewport: state.size ?? { width: 1440, height: 900 } });

    test(`the state of the picture ${state.name} is reached`, async ({
      shell,
      page,
      expectedErrors,
    }, { config }) => {
      expectedErrors.push(...(state.errors ?? []));
      await page.emulateMedia({ colorScheme: state.theme === "dark" ? "dark" : "light" });
      await state.reach(shell);
      const isTaking = ["all", "changed"].includes(config.updateSnapshots);
      for (const { file, colorScheme } of filesOf(state)) {
        if (isTaking) await take(shell, state, file, colorScheme);
        expect(existsSync(file), `${file} is missing: npm run pictures`).toBe(true);
      }
    });
  });
}

function filesOf({ name, theme = "light" }: PictureState) {
  const file = (suffix: string) => join(folder, `${name}${suffix}.png`);
  if (theme !== "both") return [{ file: file(""), colorScheme: theme }];
  return [
    { file: file("-light"), colorScheme: "light" as const },
    { file: file("-dark"), colorScheme: "dark" as const },
  ];
}

async function take(
  shell: Shell,
  { pane }: PictureState,
  path: string,
  colorScheme: "light" | "dark",
): Promise<void> {
  const { page } = shell;
  await page.emulateMedia({ colorScheme });
  await leaveFrames(page);
  for (const frame of page.frames())
    await frame.evaluate(async () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      await document.fonts.ready;
    });
  await (pane ? shell.frame(pane) : page).screenshot({ path, animations: "disabled" });
}

/** Ends every hover: a frame that the pointer leaves in one jump keeps it. */
async function leaveFrames(page: Page): Promise<void> {
  for (const frame of await page.locator("iframe").all()) {
    const box = await frame.boundingBox();
    if (!box) continue;
    await page.mouse.move(box.x + box.width / 2, box.y + 5);
    await page.mouse.move(box.x + box.width / 2, 0, { steps: 10 });
  }
}
