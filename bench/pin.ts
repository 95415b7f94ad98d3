import { createApiClient } from "../e2e/support/api-client.ts";
import type { Shown } from "./alternatives/harness-tab.ts";
import { openContext } from "./lib/browser.ts";
import { buildAlternatives } from "./lib/builds.ts";
import { countChannelBytes } from "./lib/channel-bytes.ts";
import { openBench } from "./lib/open-bench.ts";
import { openApp, openHarness } from "./lib/pairs.ts";
import { expectToggle } from "./lib/panes.ts";
import { kilobytes, median, option, range, ratio, report, rotate, spread } from "./lib/report.ts";
import { type BenchServer, countRequests } from "./lib/server.ts";

/**
 * One pin in tab A until tab B shows row and count, with 1, 10 and 50 pages loaded. Each way has a server and two
 * tabs of its own, all open at once, and each pin is made in all of them in turn: a ratio is of pins made within
 * a few seconds. The server counts requests until none arrives for a while.
 *
 *     npx tsx bench/pin.ts [--pins 20] [--pages 10]
 */

const accountId = "acc-01";
const pins = option("pins", 20, 2);
const onlyPages = option("pages", 0);
const pageCounts = onlyPages ? [onlyPages] : [1, 10, 50];
/** After this many milliseconds a pin counts as not shown. */
const limit = 5_000;

const ways = [
  { way: "floor", name: "the floor: PATCH, post the answer, set two text nodes" },
  { way: "app", name: "**Tandem, the real app**" },
  { way: "tandem", name: "Tandem without React" },
  { way: "query-client", name: "broadcastQueryClient" },
  { way: "selective", name: "selective invalidation, textbook" },
  { way: "everything", name: "invalidate everything on a message" },
  { way: "polling", name: "polling each second" },
] as const;
type Way = (typeof ways)[number]["way"];

interface Sample {
  readonly gets: number;
  readonly patches: number;
  readonly channelBytes: number;
  /** Milliseconds from the click; NaN for what was not shown in time. */
  readonly row: number;
  readonly count: number;
  readonly confirmed: number;
}

const { server: first, startAnother, browser, close } = await openBench(buildAlternatives);
const servers = new Map<Way, BenchServer>();
for (const { way } of ways) servers.set(way, servers.size ? await startAnother() : first);

for (const pages of pageCounts) {
  const samples = new Map(ways.map(({ way }) => [way, [] as Sample[]]));
  // Polling never rests: its tabs are not open beside the others.
  for (const group of [ways.slice(0, -1), ways.slice(-1)]) {
    const open = [];
    for (const { way } of group) open.push({ way, ...(await openTabs(way, pages)) });
    // The first pin of each warms up and is not counted.
    for (let pin = 0; pin <= pins; pin++)
      for (const { way, measure } of rotate(open, pin)) {
        const sample = await measure(pin);
        if (pin > 0) samples.get(way)?.push(sample);
      }
    for (const { context } of open) await context.close();
  }
  const floor = samples.get("floor") ?? [];
  report(
    `pin/${pages}-${pages === 1 ? "page" : "pages"}`,
    [
      `${pages} ${pages === 1 ? "page" : "pages"} loaded, ${pins} pins`,
      "GETs",
      "PATCHes",
      "channel",
      "ms to the row",
      "to the count",
      "to both, confirmed",
      "times the floor",
      "not shown",
    ],
    ways.map(({ way, name }) => describe(name, samples.get(way) ?? [], floor)),
  );
}
await close();

function describe(name: string, all: readonly Sample[], floor: readonly Sample[]) {
  const of = (key: keyof Sample, of = all) => of.map((sample) => sample[key]);
  const bytes = median(of("channelBytes"));
  const shown = (key: keyof Sample) => of(key).filter((ms) => !Number.isNaN(ms));
  const pairs = all.flatMap(({ confirmed }, at) => {
    const base = floor[at]?.confirmed ?? Number.NaN;
    return Number.isNaN(confirmed + base) ? [] : [[confirmed, base] as const];
  });
  return [
    name,
    range(of("gets")),
    range(of("patches")),
    bytes ? kilobytes(bytes) : "–",
    spread(shown("row")),
    spread(shown("count")),
    spread(shown("confirmed")),
    ratio(
      pairs.map(([ms]) => ms),
      pairs.map(([, base]) => base),
    ),
    all.length - shown("confirmed").length,
  ];
}

async function openTabs(way: Way, pages: number) {
  const server = servers.get(way) ?? first;
  const api = createApiClient(server.apiUrl);
  const context = await openContext(browser);
  const channelBytes = await countChannelBytes(context);
  const pair =
    way === "app"
      ? await openApp(context, server, accountId, pages)
      : await openHarness(context, server, accountId, way, pages);
  const take = () => (way === "polling" ? server.take() : server.takeQuiet());

  async function measure(pin: number): Promise<Sample> {
    const index = pin % 10;
    const row = (await api.rows(accountId, 10))[index];
    if (!row) throw new Error(`${accountId} has no row ${index}`);
    const expected = await expectToggle(api, accountId, row, index);
    await take();
    const bytesBefore = await channelBytes(pair.frames);
    const whenShown = await pair.watchFor(expected, limit);
    const clicked = await pair.pin(expected);
    const shown = await whenShown();
    const recording = await take();
    const since = (at: keyof Shown) => (shown[at] ?? Number.NaN) - clicked;
    return {
      gets: countRequests(recording, "GET"),
      patches: countRequests(recording, "PATCH"),
      channelBytes: (await channelBytes(pair.frames)) - bytesBefore,
      row: since("row"),
      count: since("count"),
      confirmed: since("confirmed"),
    };
  }
  return { context, measure };
}
