import { setTimeout as pause } from "node:timers/promises";
import type { Frame } from "@playwright/test";
import { openContext } from "./lib/browser.ts";
import { postGulp } from "./lib/gulp.ts";
import { openBench } from "./lib/open-bench.ts";
import { openPanes } from "./lib/panes.ts";
import { option, range, report, spread, sum } from "./lib/report.ts";
import { recordTasks, type Task } from "./lib/tasks.ts";

/**
 * A thousand changes by other clients to the rows that both panes show: 256 clients send one a
 * millisecond, or as fast as the server commits them. The tasks of a time without changes are recorded
 * before each round, for comparison. In the end two gulps on the channel: the same rows changed 20,000
 * times, by 20 messages and by 20,000.
 *
 *     npx tsx bench/burst.ts [--changes 1000] [--pages 10] [--rounds 5] [--gulp 20000]
 */

const accountId = "acc-01";
const changes = option("changes", 1000);
const pages = option("pages", 10);
const rounds = option("rounds", 5, 1);
const gulp = option("gulp", 20_000, 2000);

const { server, api, browser, close } = await openBench();

const context = await openContext(browser);
const panes = await openPanes(context, server, accountId, { pages });
const { page, tabs, frames } = panes;
const runs: Awaited<ReturnType<typeof run>>[] = [];
for (let round = 0; round < rounds; round++) runs.push(await run());

const queries = [...new Set(runs.flatMap(({ reads }) => [...reads.keys()]))].sort();
report(
  "burst/all",
  [`${changes} PATCHes to ${pages * 10} rows of one account, ${rounds} times`, ""],
  [
    ["ms for all PATCHes to be answered", spread(runs.map(({ ms }) => ms))],
    ...queries.map((query) => [
      `GETs of ${query}, both panes`,
      range(runs.map(({ reads }) => reads.get(query) ?? 0)),
    ]),
    ["events on the stream", range(runs.map(({ events }) => events))],
    ...frames.map((_, at) => [
      `view updates, pane ${at + 1}`,
      range(runs.map(({ updates }) => updates[at] ?? 0)),
    ]),
    ["longest task, ms", spread(runs.map(({ tasks }) => longest(tasks, "ms")))],
    ["longest task, ms on the CPU", spread(runs.map(({ tasks }) => longest(tasks, "cpuMs")))],
    ["tasks over 50 ms", range(runs.map(({ tasks }) => countLong(tasks, "ms")))],
    ["tasks over 50 ms on the CPU", range(runs.map(({ tasks }) => countLong(tasks, "cpuMs")))],
    ["longest task without changes, ms", spread(runs.map(({ idle }) => longest(idle, "ms")))],
    [
      "panes equal to a fresh GET at the end",
      `${runs.filter((each) => each.equal).length} of ${rounds}`,
    ],
  ],
);
const gulps: [number, Task[]][] = [];
for (const perMessage of [1000, 1]) gulps.push([perMessage, await swallow(perMessage)]);
report(
  "burst/gulp",
  [
    `${gulp} changes on the channel at once`,
    ...gulps.map(([perMessage]) => `${perMessage} in a message`),
  ],
  [
    [
      "longest task, ms on the CPU",
      ...gulps.map(([, tasks]) => Math.round(longest(tasks, "cpuMs"))),
    ],
    ["tasks over 50 ms on the CPU", ...gulps.map(([, tasks]) => countLong(tasks, "cpuMs"))],
    [
      "all tasks, ms on the CPU",
      ...gulps.map(([, tasks]) => Math.round(sum(tasks, ({ cpuMs }) => cpuMs))),
    ],
  ],
);
await close();

/** The tasks of shell, panes and sender until the panes are quiet again. */
async function swallow(perMessage: number) {
  const rows = await api.rows(accountId, pages * 10);
  await server.takeQuiet();
  const tasks = await recordTasks(browser, page);
  await postGulp(panes, server, rows, { changes: gulp, perMessage });
  await server.takeQuiet(3000);
  const recorded = await tasks();
  // Its revisions are not the server's.
  await page.reload();
  await tabs.at(-1)?.articles.first().waitFor();
  for (const tab of tabs) await tab.loadUntil(pages * 10);
  return recorded;
}

async function run() {
  const rows = await api.rows(accountId, pages * 10);
  const pinned = new Map(rows.map((row) => [row.id, row.pinned]));
  await server.takeQuiet();
  const idleTasks = await recordTasks(browser, page);
  await pause(2000);
  const idle = await idleTasks();
  const tasksOfBurst = await recordTasks(browser, page);
  const counters = await Promise.all(frames.map(countUpdates));
  const start = Date.now();
  let sent = 0;
  const sendAll = async () => {
    for (let at = sent++; at < changes; at = sent++) {
      await pause(start + (at / changes) * 1000 - Date.now());
      const id = rows[at % rows.length]?.id ?? "";
      pinned.set(id, !pinned.get(id));
      await api.send("PATCH", `/activities/${id}`, { pinned: pinned.get(id) });
    }
  };
  await Promise.all(Array.from({ length: 256 }, sendAll));
  const ms = Date.now() - start;
  const { hits, notes } = await server.takeQuiet(1500);
  const updates = await Promise.all(counters.map((stop) => stop()));
  const tasks = await tasksOfBurst();
  const reads = new Map<string, number>();
  for (const { method, kind, path } of hits) {
    if (kind !== "api" || method !== "GET") continue;
    const query = path.replace(/^\/api/, "").replace(/\?.*/, "?…");
    reads.set(query, (reads.get(query) ?? 0) + 1);
  }
  return {
    ms,
    reads,
    updates,
    tasks,
    idle,
    events: notes.filter((note) => note.what === "sent").length,
    equal: await equalsFreshGet(),
  };
}

async function equalsFreshGet(): Promise<boolean> {
  const fresh = await api.rows(accountId, pages * 10);
  const { pinnedCount } = await api.account(accountId);
  const expected = JSON.stringify(fresh.map(({ title, pinned }) => ({ title, pinned })));
  for (const tab of tabs) {
    if (JSON.stringify(await tab.shownRows()) !== expected) return false;
    if ((await tab.pinnedCount.textContent()) !== pinnedCount.toLocaleString("en")) return false;
  }
  return true;
}

function longest(tasks: readonly Task[], measure: keyof Task): number {
  return Math.max(0, ...tasks.map((task) => task[measure]));
}

function countLong(tasks: readonly Task[], measure: keyof Task): number {
  return tasks.filter((task) => task[measure] > 50).length;
}

/** Counts the animation frames in which the view changed, until the returned function is called. */
async function countUpdates(frame: Frame): Promise<() => Promise<number>> {
  const handle = await frame.evaluateHandle(() => {
    const seen = { updates: 0 };
    let changed = false;
    const mutations = new MutationObserver(() => {
      if (changed) return;
      changed = true;
      requestAnimationFrame(() => {
        changed = false;
        seen.updates++;
      });
    });
    mutations.observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["aria-pressed"],
    });
    return { seen, mutations };
  });
  return () =>
    handle.evaluate(({ seen, mutations }) => {
      mutations.disconnect();
      return seen.updates;
    });
}
