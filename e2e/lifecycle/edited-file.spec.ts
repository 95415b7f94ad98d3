import { execFileSync } from "node:child_process";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { Tab } from "../support/tab.ts";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

/** How people save `db.json`. */
const styles: Record<string, (file: string, from: string, to: string) => Promise<void>> = {
  "in place": async (file, from, to) =>
    writeFile(file, (await readFile(file, "utf8")).replace(from, to)),
  "by a rename": async (file, from, to) => {
    await writeFile(`${file}.new`, (await readFile(file, "utf8")).replace(from, to));
    await rename(`${file}.new`, file);
  },
  "with sed -i": async (file, from, to) => {
    execFileSync("sed", ["-i", `s/${from}/${to}/`, file]);
  },
};

test("an edit of db.json, however saved, is shown by both panes and a browser tab, without a catch-up", async ({
  shell,
  openTab,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  const tabs = [shell.a, shell.b, await openTab(account, "window")];
  for (const tab of tabs) await expect(tab.sync).toHaveText("Up to date");
  let before = account.rows[1]?.title ?? "";
  for (const [style, save] of Object.entries(styles))
    await test.step(style, async () => {
      const title = `Edited ${style}`;
      requests.clear();
      const saved = Date.now();
      await save(server.db, before, title);
      before = title;

      await Promise.all(tabs.map((tab) => expect(tab.article(title)).toBeVisible()));
      const description = `${style}: ${Date.now() - saved} ms`;
      test.info().annotations.push({ type: "shown after", description });
      await untilQuiet(tabs, api);
      for (const tab of tabs) {
        await expectTruth(tab, api, account);
        const { catchUps, reads } = await trafficOf(requests, tab);
        expect(catchUps).toBe(0);
        expect([[], [detailsOf(account)]]).toContainEqual(reads);
      }
    });
});

test("a torn db.json is reported with the reason, reads go on, a pin is rolled back; repaired, all tabs are in step", async ({
  shell,
  openTab,
  api,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 503/);
  const [account, other] = [await api.makeAccount(3), await api.makeAccount(2)];
  await shell.openOn(account.name);
  const tab = await openTab(account, "window");
  const tabs: Tab[] = [shell.a, shell.b, tab];
  const whole = await readFile(server.db, "utf8");
  const torn = whole.slice(0, whole.length - 200);
  await writeFile(server.db, torn);

  for (const each of tabs) await expect(each.sync).toHaveText("Live updates paused");
  await tab.sync.hover();
  await expect(tab.root.getByText(/db\.json: .+/)).toBeVisible();

  await shell.b.choose(other.name);
  await expectTruth(shell.b, api, other);
  const article = tab.articles.first();
  await tab.togglePin(article);
  await expect(tab.root.getByText(/^Couldn't pin/)).toBeVisible();
  await expect(tab.pin(article)).toHaveAttribute("aria-pressed", "false");
  await expectTruth(tab, api, account);
  expect(await readFile(server.db, "utf8")).toBe(torn);

  const title = "Typed by hand while repairing";
  await writeFile(server.db, whole.replace(account.rows[1]?.title ?? "", title));
  for (const each of tabs) await expect(each.sync).toHaveText("Up to date");
  await expect(tab.article(title)).toBeVisible();
  await tab.root.getByRole("button", { name: "Try again" }).click();
  await expect(tab.pinnedCount).toHaveText("1");
  await shell.b.choose(account.name);
  for (const each of tabs) await expectTruth(each, api, account);
  await expect(async () => {
    const onDisk = JSON.parse(await readFile(server.db, "utf8")).activities.filter(
      ({ accountId }: { accountId: string }) => accountId === account.id,
    );
    const pinned = { id: account.rows[0]?.id, pinned: true };
    expect(onDisk).toContainEqual(expect.objectContaining(pinned));
    expect(onDisk).toContainEqual(expect.objectContaining({ id: account.rows[1]?.id, title }));
  }).toPass();
});
