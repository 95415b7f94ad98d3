import { askedBy, detailsOf } from "./asked.ts";
import { settled } from "./settled.ts";
import { expect, expectTruth, type Standalone, test } from "./test.ts";

/** The tab that holds the stream says after a quiet moment, and every ten seconds, where the server stands. */
const withinABeacon = { timeout: 20_000 };

/** Loses the next message of that type which the tab puts on the channel. Returns whether it did. */
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

test("the word of a pin is lost, and is the last: the other tab asks once, and shows it", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const holder = await openTab(account);
  await expect.poll(() => streams.in(holder.page)).toBe(1);
  const other = await openTab(account, "window");
  const isLost = await loseNext(holder, "changes");
  requests.clear();

  await holder.togglePin(holder.articles.first());
  await expect(other.pinnedCount).toHaveText("1", withinABeacon);
  await expectTruth(other, api, account);
  await settled([other], api);
  expect(await isLost()).toBe(true);
  expect(await askedBy(requests, other)).toEqual({ questions: 1, reads: [detailsOf(account)] });
});

test("the word of a pin by a tab without the stream is lost: the holder passes it on", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const holder = await openTab(account);
  await expect.poll(() => streams.in(holder.page)).toBe(1);
  const [writer, third] = [await openTab(account, "window"), await openTab(account, "window")];
  const isLost = await loseNext(writer, "changes");
  requests.clear();

  await writer.togglePin(writer.articles.first());
  await settled([holder, third], api);
  for (const tab of [holder, third]) {
    await expectTruth(tab, api, account);
    await expect(tab.sync).toHaveText("In step");
  }
  expect((await askedBy(requests, holder)).questions).toBe(0);
  // The holder gives the writer a moment; whoever saw the gap by then asks instead.
  expect((await askedBy(requests, third)).questions).toBeLessThanOrEqual(1);
  expect(await isLost()).toBe(true);
});

test("the word of a change from outside is lost, and is the last: the next word of the stream’s holder tells", async ({
  openTab,
  api,
  requests,
  streams,
}) => {
  const account = await api.makeAccount(3);
  const holder = await openTab(account);
  await expect.poll(() => streams.in(holder.page)).toBe(1);
  const other = await openTab(account, "window");
  const isLost = await loseNext(holder, "changes");
  requests.clear();

  await api.send("PATCH", `/activities/${account.rows[0]?.id}`, { pinned: true });
  await expect(holder.pinnedCount).toHaveText("1");
  expect(await isLost()).toBe(true);
  await expect(other.pinnedCount).toHaveText("1", withinABeacon);
  await expectTruth(other, api, account);
  await settled([other], api);
  expect(await askedBy(requests, other)).toEqual({ questions: 1, reads: [detailsOf(account)] });
});
