import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { accountsRead } from "../support/requests.ts";
import { expect, expectTruth, test } from "./test.ts";
import { answeredTrafficOf, detailsOf, feedOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

/** The longest back-off is half a minute. */
const afterBackOff = { timeout: 40_000 };

for (const { name, forget, reads } of [
  {
    name: "with its log",
    forget: async () => {},
    /** What changed meanwhile. */
    reads: (account: { id: string }) => [detailsOf(account)],
  },
  {
    name: "with its log gone",
    forget: (db: string) => rm(join(dirname(db), ".tandem"), { recursive: true }),
    /** Everything in view, as no log says what changed. */
    reads: (account: { id: string }) => [
      detailsOf(account),
      accountsRead,
      feedOf(account),
      "GET /users",
    ],
  },
]) {
  test(`a server killed and started ${name}: every tab reports it, and is in step again by itself`, async ({
    shell,
    openTab,
    server,
    api,
    requests,
    streams,
    expectedErrors,
  }) => {
    test.setTimeout(120_000);
    // The answer of a log that does not reach back is 410.
    expectedErrors.push(/ERR_(CONNECTION|EMPTY|INCOMPLETE|SOCKET)/, /status of 410/);
    const account = await api.makeAccount(4);
    await shell.openOn(account.name);
    const tabs = [shell.a, shell.b, await openTab(account, "window")];
    for (const tab of tabs) await expect(tab.sync).toHaveText("Up to date");
    await shell.page.mouse.move(0, 0);

    await server.stop();
    for (const tab of tabs) await expect(tab.sync).toHaveText("Live updates paused");
    await expect(tabs[0]?.articles ?? shell.a.articles).toHaveCount(4);
    requests.clear();
    const stopped = Date.now();
    await forget(server.db);
    await server.start();
    await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });

    for (const tab of tabs) await expect(tab.sync).toHaveText("Up to date", afterBackOff);
    const polls = Math.ceil((Date.now() - stopped) / 10_000);
    await untilQuiet(tabs, api);
    for (const tab of tabs) {
      await expectTruth(tab, api, account);
      await expect(tab.sync).toHaveText("Up to date");
      const traffic = await answeredTrafficOf(requests, tab);
      test.info().annotations.push({ type: "traffic", description: JSON.stringify(traffic) });
      expect(reads(account)).toEqual(expect.arrayContaining([...traffic.reads]));
      expect(new Set(traffic.reads).size, "each at most once").toBe(traffic.reads.length);
      // Until the stream is open again it also asks every ten seconds.
      expect(traffic.catchUps).toBeLessThanOrEqual(1 + polls);
    }
    expect(streams.open).toBe(1);

    await shell.a.togglePin(shell.a.articles.nth(1));
    for (const tab of tabs) await expect(tab.pinnedCount).toHaveText("2");
  });
}
