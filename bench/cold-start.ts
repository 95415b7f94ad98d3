import type { Browser } from "@playwright/test";
import { launchBrowser, openContext, reportMachine } from "./lib/browser.ts";
import { buildPlain, buildShared, buildTandem, createBuildFolder } from "./lib/builds.ts";
import {
  kilobytes,
  median,
  option,
  range,
  ratio,
  report,
  rotate,
  spread,
  sum,
} from "./lib/report.ts";
import { type BenchServer, type Hit, startServer } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * From a fresh context with an empty cache until both panes are usable, which is when they show the
 * buttons of the account list. The three variants take turns; the server counts the requests.
 *
 *     npx tsx bench/cold-start.ts [--rounds 15] [--latency 40] [--waterfall 1]
 */

interface Run {
  readonly ms: number;
  readonly hits: readonly Hit[];
}

const rounds = option("rounds", 15, 1);
const showWaterfall = option("waterfall", 0) === 1;
const latencies = [0, option("latency", 40)];

const { folder, remove } = await createBuildFolder();
const variants = [
  { name: "plain iframes", dist: await buildPlain(`${folder}/plain`), site: "plain" as const },
  { name: "Tandem as built", dist: await buildTandem(`${folder}/built`) },
  {
    name: "with React and react-query `shared`",
    dist: await buildShared(`${folder}/shared`),
  },
];
const browser = await launchBrowser();
reportMachine(browser);

for (const latencyMs of latencies) {
  const entries = await Promise.all(
    variants.map(async ({ name, dist, site }) => {
      const server = await startServer(dist, { latencyMs, ...(site && { site }) });
      return { name, server, runs: [] as Run[] };
    }),
  );
  // The first visit of each warms up the server and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const { server, runs } of rotate(entries, round)) {
      const run = await open(browser, server);
      if (round > 0) runs.push(run);
    }
  }
  const plain = entries[0]?.runs.map((run) => run.ms) ?? [];
  report(
    `cold/${latencyMs}-ms`,
    [
      `${latencyMs} ms to the first byte, ${rounds} visits each`,
      "files",
      "API",
      "streams",
      "kB of files",
      "ms until usable",
      "ratio",
      "fastest",
    ],
    entries.map(({ name, runs }) => [
      name,
      range(runs.map((run) => of(run, "file").length)),
      range(runs.map((run) => of(run, "api").length)),
      range(runs.map((run) => of(run, "stream").length)),
      kilobytes(median(runs.map((run) => sum(of(run, "file"), (hit) => hit.bytes)))),
      spread(runs.map((run) => run.ms)),
      ratio(
        runs.map((run) => run.ms),
        plain,
      ),
      Math.min(...runs.map((run) => run.ms)).toFixed(0),
    ]),
  );
  if (showWaterfall) for (const { name, runs } of entries) printWaterfall(name, runs.at(-1));
  await Promise.all(entries.map(({ server }) => server.close()));
}
await browser.close();
await remove();

function of(run: Run, kind: Hit["kind"]): Hit[] {
  return run.hits.filter((hit) => hit.kind === kind);
}

async function open(browser: Browser, server: BenchServer): Promise<Run> {
  await server.take();
  const context = await openContext(browser);
  const usable: number[] = [];
  let bothUsable = () => {};
  const done = new Promise<void>((resolve) => {
    bothUsable = resolve;
  });
  await context.exposeBinding("benchUsable", (_source, at: number) => {
    if (usable.push(at) === 2) bothUsable();
  });
  await context.addInitScript(() => {
    if (window.parent === window) return;
    const observer = new MutationObserver(() => {
      if (!document.querySelector('nav[aria-label="Accounts"] li button')) return;
      observer.disconnect();
      const { benchUsable } = window as unknown as { benchUsable(at: number): void };
      benchUsable(performance.timeOrigin + performance.now());
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  await page.goto(`${server.shellUrl}?tabs=A,B`, { waitUntil: "commit" });
  const start = await page.evaluate(() => performance.timeOrigin);
  await within(20_000, done, "The panes did not become usable");
  const { hits } = await server.takeQuiet(300);
  await context.close();
  return { ms: Math.max(...usable) - start, hits };
}

function printWaterfall(name: string, run: Run | undefined): void {
  if (!run) return;
  const start = Math.min(...run.hits.map((hit) => hit.at));
  console.log(`Waterfall, ${name} (ms at the server):\n`);
  for (const { at, ms, kind, path, bytes } of run.hits)
    console.log(
      `    ${String(at - start).padStart(5)} +${ms}\t${kind}\t${kilobytes(bytes)}\t${path}`,
    );
  console.log("");
}
