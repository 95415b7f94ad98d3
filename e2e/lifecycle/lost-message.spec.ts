import { expect, expectTruth, type Standalone, test } from "./test.ts";
import { trafficOf } from "./traffic.ts";
import { untilQuiet } from "./until-quiet.ts";

/** The leader tab broadcasts the head after a quiet moment, and every ten seconds. */
const withinABeacon = { timeout: 20_000 };

/** Drops the next message of this type that the tab posts. Returns a function that asks whether it did. */
async function loseNext({ page }: Standalone, type: string): Promise<() => Promise<boolean>> {
  const state = await page.evaluateHandle((type) => {
    const state = { isLost: false };
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (message) {
      if (message.type === type && !state.isLost) state.isLost = true;
      else postMessage.call(this, message);
    };
    return state;
  }, type);
  return () => state.evaluate(({ isLost }) => isLost);
}

test("the leader's broadcast of its own pin is lost, and is the last: the other tab catches up once, and shows it", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const leader = await openTab(account);
  await expect.poll(() => streams.in(leader.page)).toBe(1);
  const other = await openTab(account, "window");
  const isLost = await loseNext(leader, "changes");
  requests.clear();

  await leader.togglePin(leader.articles.first());
  await expect(other.pinnedCount).toHaveText("1", withinABeacon);
  await expectTruth(other, api, account);
  await untilQuiet([other], api);
  expect(await isLost()).toBe(true);
  expect(await trafficOf(requests, other)).toEqual({ catchUps: 1, reads: [] });
});

test("another tab's broadcast of its pin is lost: the leader tab broadcasts the change", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const leader = await openTab(account);
  await expect.poll(() => streams.in(leader.page)).toBe(1);
  const [writer, third] = [await openTab(account, "window"), await openTab(account, "window")];
  const isLost = await loseNext(writer, "changes");
  requests.clear();

  await writer.togglePin(writer.articles.first());
  await untilQuiet([leader, third], api);
  for (const tab of [leader, third]) {
    await expectTruth(tab, api, account);
    await expect(tab.sync).toHaveText("Up to date");
  }
  expect((await trafficOf(requests, leader)).catchUps).toBe(0);
  // The leader waits a moment for the writer. A tab that has seen the gap by then catches up instead.
  expect((await trafficOf(requests, third)).catchUps).toBeLessThanOrEqual(1);
  expect(await isLost()).toBe(true);
});

test("the leader's broadcast of an outside change is lost, and is the last: its next beacon reveals the gap", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const leader = await openTab(account);
  await expect.poll(() => streams.in(leader.page)).toBe(1);
  const other = await openTab(account, "window");
  const isLost = await loseNext(leader, "changes");
  requests.clear();

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await expect(leader.pinnedCount).toHaveText("1");
  expect(await isLost()).toBe(true);
  await expect(other.pinnedCount).toHaveText("1", withinABeacon);
  await expectTruth(other, api, account);
  await untilQuiet([other], api);
  expect(await trafficOf(requests, other)).toEqual({ catchUps: 1, reads: [] });
});
