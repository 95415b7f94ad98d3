import { openContext } from "./lib/browser.ts";
import { fillFeed, startBurst } from "./lib/long-feed.ts";
import { openBench } from "./lib/open-bench.ts";
import { option, report } from "./lib/report.ts";
import { recordTasks, type Task } from "./lib/tasks.ts";

/**
 * A feed of 100,000 rows, scrolled from end to end by the wheel: quiet, and while another tab broadcasts 1,000
 * changes a second. Beside it a list without a window, which is what `beforeprint` renders, of fewer rows.
 *
 *     npx tsx bench/long-lists.ts [--rows 100000] [--plain 1000] [--step 30000] [--rate 1000]
 */

const accountId = "acc-01";
const rows = option("rows", 100_000, 2000);
const plainRows = option("plain", 1000, 500);
const step = option("step", 30_000);
const rate = option("rate", 1000);

const { server, browser, close } = await openBench();
const results = [
  await measure("window", rows, 0),
  await measure("window", rows, rate),
  await measure("all rendered", plainRows, 0),
];
report(
  "lists/scroll",
  [
    "list",
    "rows",
    "changes sent",
    "wheel events",
    "longest task, ms on the CPU",
    "tasks over 50 ms on the CPU",
    "most elements in the page",
    "last row seen",
  ],
  results,
);
await close();

async function measure(kind: "window" | "all rendered", count: number, changes: number) {
  const context = await openContext(browser);
  const page = await context.newPage();
  await page.goto(`${server.paneUrl}?account=${accountId}`);
  const feed = page.getByRole("feed");
  await feed.getByRole("article").first().waitFor();
  const other = await context.newPage();
  await other.goto(`${server.paneUrl}api/status`);
  await page.bringToFront();
  await fillFeed(page, accountId, count);
  if (kind === "all rendered")
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.mouse.move(1000, 600);
  const most = await page.evaluateHandle(() => {
    const most = { elements: 0 };
    const all = document.getElementsByTagName("*");
    const count = () => {
      most.elements = Math.max(most.elements, all.length);
    };
    count();
    document.addEventListener("scroll", count, { capture: true, passive: true });
    return most;
  });
  const stopBurst = changes > 0 ? await startBurst(other, { accountId, count, rate }) : null;
  const stopTasks = await recordTasks(browser, page);
  let [events, isAtEnd] = [0, false];
  for (; !isAtEnd; events += 10) {
    for (let at = 0; at < 10; at++) await page.mouse.wheel(0, step);
    isAtEnd = await feed.evaluate((element) => {
      const scroller = element.closest("section");
      if (!scroller) throw new Error("There is no panel");
      return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
    });
  }
  const tasks = await stopTasks();
  const sent = (await stopBurst?.()) ?? 0;
  const last = await feed.getByRole("article").last().getAttribute("aria-posinset");
  const { elements } = await most.jsonValue();
  await context.close();
  return [kind, count, sent, events, longest(tasks).toFixed(0), long(tasks), elements, last];
}

function longest(tasks: readonly Task[]): number {
  return tasks.reduce((most, { cpuMs }) => Math.max(most, cpuMs), 0);
}

function long(tasks: readonly Task[]): number {
  return tasks.filter(({ cpuMs }) => cpuMs > 50).length;
}
