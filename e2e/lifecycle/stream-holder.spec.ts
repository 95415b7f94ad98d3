import { askedBy, detailsOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { crash, expect, expectTruth, type Standalone, test } from "./test.ts";

const deaths: { readonly name: string; die(tab: Standalone): Promise<void> }[] = [
  { name: "is closed", die: ({ page }) => page.close() },
  { name: "crashes", die: ({ page }) => crash(page) },
];

for (const { name, die } of deaths) {
  test(`the tab that holds the stream ${name}: another takes it, and nothing is lost`, async ({
    openTab,
    api,
    requests,
    streams,
  }) => {
    const account = await api.makeAccount(4);
    const holder = await openTab(account);
    await expect.poll(() => streams.in(holder.page)).toBe(1);
    const survivors = [await openTab(account, "window"), await openTab(account, "window")];
    expect(streams.standing).toBe(1);
    requests.clear();

    await die(holder);
    await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
    await expect.poll(() => streams.standing, { timeout: 3_000 }).toBe(1);
    for (const survivor of survivors) await expectTruth(survivor, api, account);
    await api.send("PATCH", `/activities/${account.rows[1]?.id}`, { pinned: true });
    for (const survivor of survivors) {
      await expectTruth(survivor, api, account);
      await expect(survivor.sync).toHaveText("In step");
    }
    expect(streams.standing).toBe(1);
    await settled(survivors, api);
    for (const survivor of survivors) {
      const { questions, reads } = await askedBy(requests, survivor);
      expect(questions).toBeLessThanOrEqual(1);
      expect(reads.length).toBeLessThanOrEqual(2);
      expect(reads.filter((read) => read !== detailsOf(account))).toEqual([]);
    }
  });
}

test("three windows and both panes of a shell share one stream", async ({
  shell,
  openTab,
  api,
  streams,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const tabs = [shell.a, shell.b];
  for (let count = 0; count < 3; count++) tabs.push(await openTab(account, "window"));

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  for (const tab of tabs) await expectTruth(tab, api, account);
  expect(streams.standing).toBe(1);
});
