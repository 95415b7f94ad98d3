import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { Tab } from "../e2e/support/tab.ts";
import { openContext } from "./lib/browser.ts";
import { type FaultyProxy, startFaultyProxy } from "./lib/faulty-proxy.ts";
import { openBench } from "./lib/open-bench.ts";
import { option, report } from "./lib/report.ts";

/**
 * Faults that make no noise: how long a tab in view is wrong and says that it is in step. Two windows of one
 * browser; one of them holds the change stream. Every five seconds something changes outside; four times a second
 * each tab is compared with the server. A tab has a second for each change.
 *
 *     npx tsx bench/silence.ts [--seconds 60]
 */

const accountId = "acc-01";
const seconds = option("seconds", 60, 10);
const { server, api, browser, close } = await openBench();

interface World {
  context: BrowserContext;
  proxy: FaultyProxy;
  leader: Page;
}

interface Fault {
  readonly name: string;
  /** What the browser lacks from the start. */
  readonly script?: () => void;
  begin(world: World): unknown;
  /** Whether the leader tab can still be asked. */
  readonly hangs?: true;
}

const faults: readonly Fault[] = [
  {
    name: "the leader tab hangs in view",
    hangs: true,
    begin({ leader }) {
      leader.evaluate("for (;;);").catch(() => {});
    },
  },
  { name: "the stream falls silent", begin: ({ proxy }) => proxy.silenceStreams() },
  {
    name: "a proxy holds streams back from the start",
    async begin({ proxy, leader }) {
      proxy.holdStreamsBack();
      await leader.reload();
    },
  },
  {
    name: "nothing is answered any more",
    begin({ proxy }) {
      proxy.silenceStreams();
      proxy.swallow();
    },
  },
  {
    name: "EventSource is missing",
    script: () => Object.assign(globalThis, { EventSource: undefined }),
    begin() {},
  },
  {
    name: "the browser says offline, and is not",
    begin: ({ context }) =>
      Promise.all(
        context.pages().map((page) =>
          page.evaluate(() => {
            Object.defineProperty(navigator, "onLine", { get: () => false });
            window.dispatchEvent(new Event("offline"));
          }),
        ),
      ),
  },
];

const rows = [];
for (const fault of faults) {
  const { wrong, longest, status } = await measure(fault);
  rows.push([fault.name, wrong.toFixed(1), longest.toFixed(1), status]);
  console.log(`${fault.name}: ${longest.toFixed(1)} s`);
}
report("silence/faults", ["fault", "wrong and silent, s in all", "longest, s", "at the end"], rows);
await close();

async function measure(fault: Fault) {
  const context = await openContext(browser);
  if (fault.script) await context.addInitScript(fault.script);
  const proxy = await startFaultyProxy(server.paneUrl);
  const leader = await open(context, proxy);
  await pause(1_000);
  const follower = await open(context, proxy);
  const [row] = await api.rows(accountId, 1);
  if (!row) throw new Error(`${accountId} has no activity`);
  await pause(2_000);

  /** What was so, the latest last. */
  const truth = [{ title: row.title, at: 0 }];
  const watched = fault.hangs ? [follower] : [leader, follower];
  const lookers = watched.map((page) => createLooker(new Tab(page)));
  await fault.begin({ context, proxy, leader });
  const end = performance.now() + seconds * 1_000;
  let isOver = false;
  const changes = (async () => {
    for (let count = 1; !isOver; count++) {
      // Never what it was before: a tab that missed one is wrong until it knows.
      const title = `Change ${count}`;
      await api.send("PATCH", `/activities/${row.id}`, { title });
      truth.push({ title, at: performance.now() });
      await pause(5_000);
    }
  })();
  while (performance.now() < end) {
    await pause(250);
    await Promise.all(lookers.map((looker) => looker.look(truth)));
  }
  isOver = true;
  await changes;
  const status = [...new Set(lookers.map((looker) => looker.status()))].join(", ");
  void leader.close().catch(() => {});
  await Promise.race([context.close(), pause(5_000)]);
  await proxy.close();
  return {
    wrong: Math.max(...lookers.map((looker) => looker.wrong())),
    longest: Math.max(...lookers.map((looker) => looker.longest())),
    status,
  };
}

async function open(context: BrowserContext, { url }: FaultyProxy): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}?account=${accountId}`);
  await new Tab(page).articles.first().waitFor({ timeout: 30_000 });
  return page;
}

/** Adds up the seconds in which a tab showed what is not so, a second after it changed, and said "Up to date". */
function createLooker(tab: Tab) {
  let [wrong, run, longest] = [0, 0, 0];
  let before = performance.now();
  let status = "";
  return {
    async look(truth: readonly { title: string; at: number }[]) {
      const [first] = await tab.shownRows();
      status = (await tab.sync.textContent()) ?? "";
      const now = performance.now();
      const due = truth.findLastIndex(({ at }) => at <= now - 1_000);
      const isWrong = !truth.slice(due).some(({ title }) => title === first?.title);
      const passed = (now - before) / 1_000;
      before = now;
      if (isWrong && status === "Up to date") {
        wrong += passed;
        run += passed;
        longest = Math.max(longest, run);
      } else run = 0;
    },
    wrong: () => wrong,
    longest: () => longest,
    status: () => status,
  };
}
