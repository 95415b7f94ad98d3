import { readFile, rename, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { createApiClient } from "../e2e/api-client.ts";
import { describeMachine, launchBrowser, openContext } from "./lib/browser.ts";
import { buildTandem, createBuildFolder } from "./lib/builds.ts";
import { lookFor, openPanes } from "./lib/panes.ts";
import { option, rotate, spread, table } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * A change that no tab made, until both panes show it, step by step: a PATCH as `curl` sends it, and a
 * hand edit of `db.json`, written in place or renamed over it.
 *
 *     npx tsx bench/outside-change.ts [--rounds 15]
 */

interface Steps {
  /** The request was read, or the edit taken in. */
  readonly noticed: number;
  /** The event was handed to the stream. */
  readonly sent: number;
  /** The first and the last pane heard it, by their own traces. */
  readonly heard: number;
  readonly heardByAll: number;
  /** Both panes show the row; both show the count as well. */
  readonly row: number;
  readonly count: number;
}

const accountId = "acc-01";
const rounds = option("rounds", 15);

const { folder, remove } = await createBuildFolder();
const server = await startServer(await buildTandem(folder));
const api = createApiClient(server.apiUrl);
const browser = await launchBrowser();
console.log(`${describeMachine(browser)}\n`);

const context = await openContext(browser);
await context.addInitScript(() => {
  const traces: unknown[] = [];
  Object.assign(window, { traces });
  const { addEventListener } = MessagePort.prototype;
  const note = ({ data }: MessageEvent) => {
    if (data?.methodPath?.[0] === "trace") traces.push(...data.args[0]);
  };
  // Where a pane and the shell have greeted each other, penpal goes on over a port.
  MessagePort.prototype.addEventListener = function (
    this: MessagePort,
    type: string,
    listener: EventListener,
  ) {
    addEventListener.call(this, "message", note as EventListener);
    addEventListener.call(this, type, listener);
  } as typeof addEventListener;
});
const { page, frames } = await openPanes(context, server, accountId);
// Panes tell what they hear only while somebody looks.
await page.getByRole("button", { name: "Inspector", exact: true }).click();

/** Each gets ready, and returns what is timed. */
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
  ["→ first pane heard", ({ sent, heard }) => heard - sent],
  ["→ other pane heard", ({ heard, heardByAll }) => heardByAll - heard],
  ["→ both show the row", ({ heardByAll, row }) => row - heardByAll],
  ["→ both show the count", ({ row, count }) => count - row],
  ["in all", ({ count }) => count],
];
console.log(
  table(
    ["ms, median (middle half)", ...columns.map(([name]) => name)],
    [...runs].map(([name, all]) => [name, ...columns.map(([, of]) => spread(all.map(of)))]),
  ),
);
await browser.close();
await server.close();
await remove();

async function measure(name: string): Promise<Steps> {
  const index = 0;
  const [row] = await api.rows(accountId, 1);
  if (!row) throw new Error(`${accountId} has no activity`);
  const before = (await api.account(accountId)).pinnedCount;
  const pinned = !row.pinned;
  await server.takeQuiet();
  const wanted = { index, pinned, pinnedCount: before + (pinned ? 1 : -1) };
  const looks = await Promise.all(frames.map((frame) => lookFor(frame, wanted)));
  const change = await ways[name]?.(row.id, pinned);
  const start = Date.now();
  await change?.();
  const shown = await within(
    20_000,
    Promise.all(looks.map((look) => look())),
    `${name}: the panes did not show it`,
  );
  const { version } = await api.send<{ version: number }>("GET", `/activities/${row.id}`);
  const heard = await heardAt(page, version);
  const { hits, notes } = await server.takeQuiet();
  const sent = notes.find((note) => note.what === "sent" && note.rev === version)?.at;
  const noticed =
    hits.find((hit) => hit.method === "PATCH")?.at ??
    notes.find((note) => note.what === "edit")?.at;
  if (sent === undefined || noticed === undefined) throw new Error(`${name}: it was not sent`);
  return {
    noticed: noticed - start,
    sent: sent - start,
    heard: Math.min(...heard) - start,
    heardByAll: Math.max(...heard) - start,
    row: Math.max(...shown.map((each) => each.row)) - start,
    count: Math.max(...shown.map((each) => each.count)) - start,
  };
}

/** When each pane heard of a revision, once both have said so. */
async function heardAt(page: Page, rev: number): Promise<number[]> {
  const handle = await page.waitForFunction((rev) => {
    const { traces } = window as unknown as {
      traces: { type: string; at: number; change?: { rev: number } }[];
    };
    const heard = traces.filter((entry) => entry.type === "change" && entry.change?.rev === rev);
    return heard.length >= 2 && heard.map((entry) => entry.at);
  }, rev);
  return (await handle.jsonValue()) || [];
}

async function edited(id: string, pinned: boolean): Promise<string> {
  const document = JSON.parse(await readFile(server.db, "utf8"));
  const row = document.activities.find((each: { id: string }) => each.id === id);
  row.pinned = pinned;
  return JSON.stringify(document, null, 2);
}
