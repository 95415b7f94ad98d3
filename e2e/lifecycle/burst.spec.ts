import { readFile, writeFile } from "node:fs/promises";
import { expect, expectTruth, test } from "./test.ts";
import { detailsOf, feedOf, trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

const changes = 1000;

test("a thousand changes from outside cost a few requests, and are shown while they arrive", async ({
  shell,
  api,
  requests,
}) => {
  test.setTimeout(120_000);
  const account = await api.makeAccount(10);
  await shell.openOn(account.name);
  const panes = [shell.a, shell.b];
  for (const pane of panes) await expect(pane.sync).toHaveText("Up to date");
  const renders = await Promise.all(panes.map((pane) => pane.watchDom()));
  const longest = await shell.a.frame().then((frame) =>
    frame.evaluateHandle(() => {
      const longest = { ms: 0, count: 0 };
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          longest.ms = Math.max(longest.ms, duration);
          longest.count++;
        }
      }).observe({ entryTypes: ["longtask"] });
      return longest;
    }),
  );
  requests.clear();
  const started = Date.now();
  let next = 0;
  async function write() {
    for (let at = next++; at < changes; at = next++) {
      const row = account.rows[at % account.rows.length];
      const body = { title: `Burst ${at}`, pinned: Math.floor(at / 10) % 2 === 0 };
      await api.send("PATCH", `/activities/${row?.id}`, body);
    }
  }
  await Promise.all(Array.from({ length: 100 }, write));
  const took = Date.now() - started;
  // A few a second. A slow machine takes longer to write them all.
  const most = Math.ceil(12 * Math.max(1, took / 1000));

  await untilQuiet(panes, api);
  for (const pane of panes) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
  }
  const seen = await Promise.all(renders.map(async (each) => (await each()).length));
  for (const [at, pane] of panes.entries()) {
    const { catchUps, reads } = await trafficOf(requests, pane);
    const details = reads.filter((read) => read === detailsOf(account)).length;
    const feed = reads.filter((read) => read === feedOf(account)).length;
    test.info().annotations.push({
      type: `pane ${at}`,
      description: `${took} ms; ${details} details, ${feed} feed, ${catchUps} catchUps, ${seen[at]} DOM changes`,
    });
    expect(details).toBeLessThanOrEqual(most);
    expect(feed).toBeLessThanOrEqual(most);
    expect(reads).toHaveLength(details + feed);
    expect(catchUps).toBeLessThanOrEqual(2);
    expect(seen[at]).toBeGreaterThan(changes / 50);
  }
  const { ms, count } = await longest.evaluate((all) => all);
  test.info().annotations.push({ type: "long tasks", description: `${count}, up to ${ms} ms` });
});

test("a thousand rows edited in one save cost each pane as little as one", async ({
  shell,
  server,
  api,
  requests,
}) => {
  const account = { id: "acc-01", name: "Northgate Logistics" };
  await shell.openOn(account.name);
  const panes = [shell.a, shell.b];
  for (const pane of panes) await expect(pane.sync).toHaveText("Up to date");
  const data = JSON.parse(await readFile(server.db, "utf8"));
  for (const row of data.activities.slice(0, changes)) row.title = `${row.title}, edited`;
  const first = data.activities.find((row: { accountId: string }) => row.accountId === account.id);
  requests.clear();
  await writeFile(server.db, JSON.stringify(data, null, 2));

  await expect
    .poll(async () => (await api.send<typeof first>("GET", `/activities/${first.id}`)).title)
    .toBe(first.title);
  await untilQuiet(panes, api);
  for (const pane of panes) {
    await expectTruth(pane, api, account);
    await expect(pane.sync).toHaveText("Up to date");
    const { catchUps, reads } = await trafficOf(requests, pane);
    test.info().annotations.push({ type: "traffic", description: `${catchUps} ${reads}` });
    expect(catchUps).toBeLessThanOrEqual(1);
    expect(reads.filter((read) => read === feedOf(account)).length).toBeLessThanOrEqual(1);
    expect(reads.filter((read) => read === detailsOf(account)).length).toBeLessThanOrEqual(2);
    expect(reads.length).toBeLessThanOrEqual(3);
  }
});
