import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import type { AccountDetails, Activity } from "#contract/rows.ts";
import type { ApiClient } from "./support/api-client.ts";
import { expectNoViolations } from "./support/axe-violations.ts";
import { type PictureState, pictureAccount, pictureStates } from "./support/picture-states.ts";
import type { Shell } from "./support/shell.ts";
import { test as base, expect } from "./support/test.ts";

const folder = join(import.meta.dirname, "..", "docs", "pictures");

const demoData = JSON.parse(readFileSync(join(import.meta.dirname, "..", "db.json"), "utf8")) as {
  accounts: AccountDetails[];
  activities: Activity[];
};

/** Shows the demo data, whatever earlier tests of this worker wrote to the account. */
const test = base.extend<{ restored: undefined }>({
  restored: [
    async ({ api }, use) => {
      await restoreAccount(api);
      await use(undefined);
      await restoreAccount(api);
    },
    { auto: true },
  ],
});

async function restoreAccount(api: ApiClient): Promise<void> {
  const { id } = pictureAccount;
  const account = demoData.accounts.find((each) => each.id === id);
  if (!account) throw new Error(`${id} is not in db.json`);
  const { name, plan, notes } = account;
  await api.send("PATCH", `/accounts/${id}`, { name, plan, notes });
  const pinned = new Map(demoData.activities.map((row) => [row.id, row.pinned]));
  for (const row of await api.rows(id)) {
    const demo = pinned.get(row.id);
    if (demo === undefined) await api.send("DELETE", `/activities/${row.id}`);
    else if (demo !== row.pinned)
      await api.send("PATCH", `/activities/${row.id}`, { pinned: demo });
  }
}

// Times on screen do not depend on the machine.
test.use({ timezoneId: "UTC", locale: "en-US", contextOptions: { reducedMotion: "reduce" } });

for (const state of pictureStates) {
  test.describe(() => {
    test.use({ viewport: state.size ?? { width: 1440, height: 900 } });

    test(`the state of the picture ${state.name} is reached, and axe finds nothing in it, light or dark`, async ({
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
      await expectNoViolations(page, state.axeOf);
      // Its tabs say that they leave: the next picture shows nobody else.
      await page.goto("about:blank");
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
    // Over nothing that has a tooltip.
    await page.mouse.move(box.x + 2, box.y + box.height / 2);
    await page.mouse.move(box.x - 4, box.y + box.height / 2, { steps: 3 });
  }
}
