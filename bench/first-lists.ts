import type { Browser } from "@playwright/test";
import { launchBrowser, openContext, reportMachine } from "./lib/browser.ts";
import { buildTandem, createBuildFolder } from "./lib/builds.ts";
import { createDataText } from "./lib/data-files.ts";
import { option, ratio, report, rotate, spread } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";

/**
 * From the opening of a tab, in a fresh context, until the first accounts and the first rows of a feed are on screen: with
 * few accounts and rows, and with many. The two servers take turns. A first visit of each warms it up.
 *
 *     npx tsx bench/first-lists.ts [--rounds 20] [--accounts 20000] [--rows 100000]
 */

const accountId = "acc-01";
const rounds = option("rounds", 20, 2);
const sizes = [
  { accounts: 28, rows: 3_000 },
  { accounts: option("accounts", 20_000, 2_000), rows: option("rows", 100_000, 10_000) },
];

const { folder, remove } = await createBuildFolder();
const dist = await buildTandem(folder);
const entries = await Promise.all(
  sizes.map(async (size) => {
    const data = createDataText(size.accounts, size.rows, { isOneFeed: true });
    return { ...size, server: await startServer(dist, { data }), runs: [] as Shown[] };
  }),
);
const browser = await launchBrowser();
reportMachine(browser);
for (let round = 0; round <= rounds; round++) {
  for (const { server, runs } of rotate(entries, round)) {
    const shown = await open(browser, `${server.paneUrl}?account=${accountId}`);
    if (round > 0) runs.push(shown);
  }
}
const [few] = entries;
const times = (runs: readonly Shown[], of: keyof Shown) => runs.map((run) => run[of]);
report(
  "first/lists",
  [
    `${rounds} visits each`,
    "rows of the feed",
    "first accounts, ms",
    "ratio",
    "first rows of the feed, ms",
    "ratio",
  ],
  entries.map(({ accounts, rows, runs }) => [
    `${accounts} accounts`,
    rows,
    spread(times(runs, "accounts")),
    ratio(times(runs, "accounts"), times(few?.runs ?? [], "accounts")),
    spread(times(runs, "feed")),
    ratio(times(runs, "feed"), times(few?.runs ?? [], "feed")),
  ]),
);
await browser.close();
await Promise.all(entries.map(({ server }) => server.close()));
await remove();

/** Milliseconds from the beginning of the navigation. */
interface Shown {
  readonly accounts: number;
  readonly feed: number;
}

async function open(browser: Browser, url: string): Promise<Shown> {
  const context = await openContext(browser);
  await context.addInitScript(() => {
    const shown: Record<string, number> = {};
    Object.assign(globalThis, { shown });
    const watched = {
      accounts: 'nav[aria-label="Accounts"] li button',
      feed: '[role="feed"] article',
    };
    new MutationObserver(() => {
      for (const [name, selector] of Object.entries(watched))
        if (!(name in shown) && document.querySelector(selector)) shown[name] = performance.now();
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  const page = await context.newPage();
  await page.goto(url);
  const handle = await page.waitForFunction(() => {
    const { shown } = globalThis as unknown as { shown: Partial<Shown> };
    return shown.accounts !== undefined && shown.feed !== undefined && shown;
  });
  const shown = (await handle.jsonValue()) as Shown;
  await context.close();
  return shown;
}
