import type { Browser, BrowserContext, Frame } from "@playwright/test";
import { createApiClient } from "../e2e/api-client.ts";
import type { HarnessTab } from "./alternatives/harness-tab.ts";
import { describeMachine, launchBrowser, openContext } from "./lib/browser.ts";
import { buildAlternatives, buildTandem, createBuildFolder } from "./lib/builds.ts";
import { clickPin, countChannelBytes, lookFor, openPanes, type Wanted } from "./lib/panes.ts";
import { kilobytes, median, option, range, rotate, spread, table } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * One pin in tab A until tab B shows it, row and count, with 1, 10 and 50 pages loaded. The ways take
 * turns on one server; the server counts, until everything has been quiet for a while.
 *
 *     npx tsx bench/pin.ts [--rounds 3] [--pins 3]
 */

const accountId = "acc-01";
const rounds = option("rounds", 3);
const pins = option("pins", 3);
const pageCounts = [1, 10, 50];

const ways = [
  { way: "everything", name: "invalidate everything on a message" },
  { way: "selective", name: "selective invalidation, textbook" },
  { way: "polling", name: "polling each second" },
  { way: "tandem", name: "Tandem, same harness" },
  { way: "app", name: "Tandem, the real app" },
] as const;
type Way = (typeof ways)[number]["way"];

/** Two tabs of one way, loaded. */
interface Pair {
  readonly frames: readonly [Frame, Frame];
  lookFor(wanted: Wanted & { id: string }): Promise<() => Promise<number>>;
  /** Returns when it was clicked. */
  pin(wanted: Wanted & { id: string }): Promise<number>;
}

interface Sample {
  readonly gets: number;
  readonly patches: number;
  readonly channelBytes: number;
  readonly ms: number;
}

const { folder, remove } = await createBuildFolder();
const dist = await buildTandem(folder);
await buildAlternatives(dist);
const server = await startServer(dist);
const api = createApiClient(server.apiUrl);
const browser = await launchBrowser();
console.log(`${describeMachine(browser)}\n`);

const samples = new Map<string, Sample[]>();
for (const pages of pageCounts)
  for (let round = 0; round < rounds; round++)
    for (const { way } of rotate(ways, round)) {
      const key = `${way} ${pages}`;
      samples.set(key, [...(samples.get(key) ?? []), ...(await measure(browser, way, pages))]);
    }

const head = pageCounts.map((pages) => `${pages} ${pages === 1 ? "page" : "pages"} loaded`);
console.log(
  table(
    ["GETs + PATCHes, channel, ms until B shows it", ...head],
    ways.map(({ way, name }) => [
      name,
      ...pageCounts.map((pages) => inWords(samples.get(`${way} ${pages}`) ?? [])),
    ]),
  ),
);
await browser.close();
await server.close();
await remove();

function inWords(all: readonly Sample[]): string {
  const of = (key: keyof Sample) => all.map((sample) => sample[key]);
  const bytes = median(of("channelBytes"));
  return [
    `${range(of("gets"))} GETs + ${range(of("patches"))}`,
    bytes ? kilobytes(bytes) : "–",
    `${spread(of("ms"))} ms`,
  ].join(", ");
}

async function measure(browser: Browser, way: Way, pages: number): Promise<Sample[]> {
  const context = await openContext(browser);
  const channelBytes = await countChannelBytes(context);
  const pair =
    way === "app" ? await openApp(context, pages) : await openHarness(context, way, pages);
  const rows = await api.rows(accountId, pins);
  const all: Sample[] = [];
  for (const [index, row] of rows.entries()) {
    const before = (await api.account(accountId)).pinnedCount;
    const pinned = !row.pinned;
    const wanted = { id: row.id, index, pinned, pinnedCount: before + (pinned ? 1 : -1) };
    if (way === "polling") await server.take();
    else await server.takeQuiet();
    const bytesBefore = await channelBytes(pair.frames);
    const shown = await pair.lookFor(wanted);
    const clicked = await pair.pin(wanted);
    const shownAt = await within(20_000, shown(), `${way}: B did not show the pin`);
    const { hits } = way === "polling" ? await server.take() : await server.takeQuiet();
    const count = (method: string) =>
      hits.filter((hit) => hit.kind === "api" && hit.method === method).length;
    all.push({
      gets: count("GET"),
      patches: count("PATCH"),
      channelBytes: (await channelBytes(pair.frames)) - bytesBefore,
      ms: shownAt - clicked,
    });
  }
  await context.close();
  return all;
}

async function openApp(context: BrowserContext, pages: number): Promise<Pair> {
  const { frames } = await openPanes(context, server, accountId, { pages });
  const [a, b] = frames as [Frame, Frame];
  return {
    frames: [a, b],
    async lookFor(wanted) {
      const shown = await lookFor(b, wanted);
      return async () => {
        const { row, count } = await shown();
        return Math.max(row, count);
      };
    },
    pin: ({ index }) => clickPin(a, index),
  };
}

async function openHarness(context: BrowserContext, way: Way, pages: number): Promise<Pair> {
  const page = await context.newPage();
  await page.goto(`${server.paneUrl}tabs.html?way=${way}&account=${accountId}`);
  const frameOf = async (name: string) => {
    const frame = page.frame({ name });
    if (!frame) throw new Error(`There is no frame ${name}`);
    await frame.waitForFunction(() => "tab" in window);
    await frame.evaluate((pages) => (window as unknown as Harness).tab.load(pages), pages);
    return frame;
  };
  const [a, b] = await Promise.all([frameOf("A"), frameOf("B")]);
  return {
    frames: [a, b],
    async lookFor({ id, pinned, pinnedCount }) {
      const handle = await b.evaluateHandle(
        ({ id, pinned, pinnedCount }) => ({
          shown: (window as unknown as Harness).tab.whenShown(id, pinned, pinnedCount),
        }),
        { id, pinned, pinnedCount },
      );
      return () => handle.evaluate(({ shown }) => shown);
    },
    pin: ({ id, pinned }) =>
      a.evaluate(({ id, pinned }) => (window as unknown as Harness).tab.pin(id, pinned), {
        id,
        pinned,
      }),
  };
}

interface Harness {
  readonly tab: HarnessTab;
}
