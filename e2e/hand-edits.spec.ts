import { readFile, rename, writeFile } from "node:fs/promises";
import type { Activity } from "#contract/rows.ts";
import { expect, expectTruth, test } from "./support/test.ts";

interface Data {
  accounts: { id: string; name: string; notes?: string }[];
  activities: (Omit<Activity, "version"> & { mood?: string })[];
}

type Save = (file: string, text: string) => Promise<void>;

/** How editors save a file. */
const styles: Record<string, Save> = {
  "in place": (file, text) => writeFile(file, text),
  "by a rename": async (file, text) => {
    await writeFile(`${file}.swp`, text);
    await rename(`${file}.swp`, file);
  },
};

async function edit(file: string, save: Save, change: (data: Data) => void): Promise<void> {
  const data: Data = JSON.parse(await readFile(file, "utf8"));
  change(data);
  await save(file, `${JSON.stringify(data, null, 2)}\n`);
}

test("an edit of the file, however saved, is served, shown by tabs in view, and kept by later writes", async ({
  shell,
  api,
  server,
}) => {
  await shell.open();
  for (const [style, save] of Object.entries(styles))
    await test.step(style, () => editAndSee(style, save));

  async function editAndSee(style: string, save: Save) {
    const account = await api.makeAccount(3);
    for (const tab of [shell.a, shell.b]) await tab.choose(account.name);
    const [first, second] = account.rows;
    if (!first || !second) throw new Error("There are three rows");
    const title = `Edited by hand ${style}`;
    await edit(server.db, save, ({ activities }) => {
      const row = activities.find(({ id }) => id === first.id);
      if (row) Object.assign(row, { title, pinned: true, mood: "hopeful" });
    });
    await expect.poll(async () => (await api.rows(account.id))[0]?.title).toBe(title);

    await test.step("both tabs show the row and the count, without a reload", async () => {
      for (const pane of [shell.a, shell.b]) {
        await expect(pane.article(title)).toBeVisible();
        await expect(pane.pinnedCount).toHaveText("1");
      }
      await expectTruth(shell.a, api, account);
    });

    await test.step("a later write keeps the edit, and is in the file", async () => {
      await shell.a.togglePin(shell.a.article(second.title));
      await expect(shell.a.pinnedCount).toHaveText("2");
      await expect(async () => {
        const { activities }: Data = JSON.parse(await readFile(server.db, "utf8"));
        const inFile = (id: string) => activities.find((row) => row.id === id);
        expect(inFile(first.id)).toMatchObject({ title, pinned: true, mood: "hopeful" });
        expect(inFile(second.id)).toMatchObject({ pinned: true });
      }).toPass();
    });

    await shell.page.reload();
    await expect(shell.a.article(title)).toBeVisible();
    await expectTruth(shell.a, api, account);
  }
});

test("a write by curl is shown by tabs that show the row, and costs no other tab a request", async ({
  shell,
  api,
  requests,
}) => {
  const [changed, other] = await Promise.all([api.makeAccount(3), api.makeAccount(3)]);
  await shell.openOn(changed.name, other.name);
  await expect(shell.b.sync).toHaveText("Up to date");
  requests.clear();
  await api.send("PATCH", `/activities/${changed.rows[1]?.id}`, { pinned: true });

  await expect(shell.a.pin(shell.a.articles.nth(1))).toHaveAttribute("aria-pressed", "true");
  await expect(shell.a.pinnedCount).toHaveText("1");
  expect((await requests.by(shell.b)).filter((request) => /\/ac/.test(request))).toEqual([]);
});

test("rows that another client adds and deletes appear and disappear in their places", async ({
  shell,
  api,
}) => {
  const account = await api.makeAccount(14);
  await shell.openOn(account.name);
  await api.makeActivity(account.id, { title: "Just now" });
  await api.send("DELETE", `/activities/${account.rows[2]?.id}`);

  for (const pane of [shell.a, shell.b]) {
    await expect(pane.article("Just now")).toBeVisible();
    await expect(pane.article(account.rows[2]?.title ?? "")).toHaveCount(0);
  }
  await expectTruth(shell.a, api, account);
  await expectTruth(shell.b, api, account);
});

test("an account renamed by another client is renamed in every list", async ({ shell, api }) => {
  const account = await api.makeAccount(1);
  await shell.openOn(account.name);
  await api.send("PATCH", `/accounts/${account.id}`, { name: `${account.name} & Sons` });

  for (const pane of [shell.a, shell.b]) {
    await expect(pane.account(`${account.name} & Sons`)).toBeVisible();
    await expect(pane.heading(`${account.name} & Sons`)).toBeVisible();
  }
});

test("an acknowledged write survives a power cut", async ({ shell, api, server }) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  await shell.a.togglePin(shell.a.articles.first());
  await shell.page.goto("about:blank");
  await server.restart();

  await shell.openOn(account.name);
  await expect(shell.a.pinnedCount).toHaveText("1");
  await expectTruth(shell.b, api, account);
});
