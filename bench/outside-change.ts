import { readFile, rename, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { openContext } from "./lib/browser.ts";
import { openBench } from "./lib/open-bench.ts";
import { expectToggle, openPanes, watchFor } from "./lib/panes.ts";
import { option, report, rotate, spread } from "./lib/report.ts";
import { within } from "./lib/within.ts";

/**
 * A change that no tab made, step by step until both panes show it: a PATCH as `curl` sends it, and a
 * hand edit of `db.json`, written in place or renamed over it.
 *
 *     npx tsx bench/outside-change.ts [--rounds 15]
 */

interface Steps {
  /** The request arrived, or the edit was applied. */
  readonly noticed: number;
  /** The event was written to the stream. */
  readonly sent: number;
  /** The first and the last pane received it, by their own traces. */
  readonly received: number;
  readonly receivedByAll: number;
  /** Both panes show the row; both show the count as well. */
  readonly row: number;
  readonly count: number;
}

const accountId = "acc-01";
const rounds = option("rounds", 15, 1);

const { server, api, browser, close } = await openBench();

const context = await openContext(browser);
await context.addInitScript(() => {
  const traces: unknown[] = [];
  Object.assign(window, { traces });
  const { addEventListener } = MessagePort.prototype;
  const record = ({ data }: MessageEvent) => {
    if (data?.methodPath?.[0] === "trace") traces.push(...data.args[0]);
  };
  // After the handshake of pane and shell, penpal communicates over a port.
  MessagePort.prototype.addEventListener = function (
    this: MessagePort,
    type: string,
    listener: EventListener,
  ) {
    addEventListener.call(this, "message", record as EventListener);
    addEventListener.call(this, type, listener);
  } as typeof addEventListener;
});
const { page, frames } = await openPanes(context, server, accountId);
// Panes send their traces only while the inspector is open.
await page.getByRole("button", { name: "Inspector", exact: true }).click();

/** Each prepares a change, and returns what is timed. */
const ways: Record<string, (id: string, pinned: boolean) => Promise<() => Promise<unknown>>> = {
  "PATCH from outside": async (id, pinned) => () =>
    api.send("PATCH", `/activities/${id}`, { pinned }),
  "db.json written in place": async (id, pinned) => {
    const text = await edited(id, pinned);
    return () => writeFile(server.db, text);
  },
  "db.json renamed over": async (id, pinned) => {
    await writeFile(`${server.db}.new`, await edited(id, pinned));
    return () => rename(`${server.db}.new`, server.db);
  },
};
const runs = new Map<string, Steps[]>(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++)
  for (const name of rotate([...runs.keys()], round)) {
    const steps = await measure(name);
    if (round > 0) runs.get(name)?.push(steps);
  }

const columns: [string, (steps: Steps) => number][] = [
  ["server noticed", ({ noticed }) => noticed],
  ["→ sent on the stream", ({ noticed, sent }) => sent - noticed],
  ["→ first pane received", ({ sent, received }) => received - sent],
  ["→ other pane received", ({ received, receivedByAll }) => receivedByAll - received],
  ["→ both show the row", ({ receivedByAll, row }) => row - receivedByAll],
  ["→ both show the count", ({ row, count }) => count - row],
  ["in all", ({ count }) => count],
];
report(
  "outside/steps",
  ["ms, median (middle half)", ...columns.map(([name]) => name)],
  [...runs].map(([name, all]) => [name, ...columns.map(([, of]) => spread(all.map(of)))]),
);
await close();

async function measure(name: string): Promise<Steps> {
  const [row] = await api.rows(accountId, 1);
  if (!row) throw new Error(`${accountId} has no activity`);
  const expected = await expectToggle(api, accountId, row, 0);
  await server.takeQuiet();
  const watches = await Promise.all(frames.map((frame) => watchFor(frame, expected)));
  const change = await ways[name]?.(row.id, expected.pinned);
  const start = Date.now();
  await change?.();
  const shown = await within(
    20_000,
    Promise.all(watches.map((whenShown) => whenShown())),
    `${name}: the panes did not show it`,
  );
  const { version } = await api.send<{ version: number }>("GET", `/activities/${row.id}`);
  const received = await receivedAt(page, version);
  const { hits, notes } = await server.takeQuiet();
  const sent = notes.find((note) => note.what === "sent" && note.rev === version)?.at;
  const noticed =
    hits.find((hit) => hit.method === "PATCH")?.at ??
    notes.find((note) => note.what === "edit")?.at;
  if (sent === undefined || noticed === undefined)
    throw new Error(`${name}: the change was not sent`);
  return {
    noticed: noticed - start,
    sent: sent - start,
    received: Math.min(...received) - start,
    receivedByAll: Math.max(...received) - start,
    row: Math.max(...shown.map((each) => each.row)) - start,
    count: Math.max(...shown.map((each) => each.count)) - start,
  };
}

/** When each pane received a revision, once both have. */
async function receivedAt(page: Page, rev: number): Promise<number[]> {
  const handle = await page.waitForFunction((rev) => {
    const { traces } = window as unknown as {
      traces: { type: string; at: number; change?: { rev: number } }[];
    };
    const received = traces.filter((entry) => entry.type === "change" && entry.change?.rev === rev);
    return received.length >= 2 && received.map((entry) => entry.at);
  }, rev);
  return (await handle.jsonValue()) || [];
}

/** The text of the data file with a row toggled. Sooner than 3 s after a write, an edit that takes it back counts as older: docs/limits.md. */
async function edited(id: string, pinned: boolean): Promise<string> {
  await pause(3500);
  const document = JSON.parse(await readFile(server.db, "utf8"));
  const row = document.activities.find((each: { id: string }) => each.id === id);
  row.pinned = pinned;
  return JSON.stringify(document, null, 2);
}
