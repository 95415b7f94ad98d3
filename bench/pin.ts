import type { Browser } from "@playwright/test";
import { openContext } from "./lib/browser.ts";
import { buildAlternatives } from "./lib/builds.ts";
import { countChannelBytes } from "./lib/channel-bytes.ts";
import { openBench } from "./lib/open-bench.ts";
import { openApp, openHarness } from "./lib/pairs.ts";
import { expectToggle } from "./lib/panes.ts";
import { kilobytes, median, option, range, report, rotate, spread } from "./lib/report.ts";
import { countRequests } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * One pin in tab A until tab B shows row and count, with 1, 10 and 50 pages loaded. The ways take turns
 * on one server, which counts requests until none arrives for a while.
 *
 *     npx tsx bench/pin.ts [--rounds 3] [--pins 3]
 */

const accountId = "acc-01";
const rounds = option("rounds", 3, 1);
const pins = option("pins", 3, 1);
const pageCounts = [1, 10, 50];

const ways = [
  { way: "everything", name: "invalidate everything on a message" },
  { way: "selective", name: "selective invalidation, textbook" },
  { way: "polling", name: "polling each second" },
  { way: "tandem", name: "Tandem, same harness" },
  { way: "app", name: "Tandem, the real app" },
] as const;
type Way = (typeof ways)[number]["way"];

interface Sample {
  readonly gets: number;
  readonly patches: number;
  readonly channelBytes: number;
  readonly ms: number;
}

const { server, api, browser, close } = await openBench(buildAlternatives);

const samples = new Map<string, Sample[]>();
for (const pages of pageCounts)
  for (let round = 0; round < rounds; round++)
    for (const { way } of rotate(ways, round)) {
      const key = `${way} ${pages}`;
      samples.set(key, [...(samples.get(key) ?? []), ...(await measure(browser, way, pages))]);
    }

const head = pageCounts.map((pages) => `${pages} ${pages === 1 ? "page" : "pages"} loaded`);
report(
  "pin/ways",
  ["GETs + PATCHes, channel, ms until B shows it", ...head],
  ways.map(({ way, name }) => [
    name,
    ...pageCounts.map((pages) => describe(samples.get(`${way} ${pages}`) ?? [])),
  ]),
);
await close();

function describe(all: readonly Sample[]): string {
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
    way === "app"
      ? await openApp(context, server, accountId, pages)
      : await openHarness(context, server, accountId, way, pages);
  const rows = await api.rows(accountId, pins);
  const all: Sample[] = [];
  for (const [index, row] of rows.entries()) {
    const expected = await expectToggle(api, accountId, row, index);
    if (way === "polling") await server.take();
    else await server.takeQuiet();
    const bytesBefore = await channelBytes(pair.frames);
    const whenShown = await pair.watchFor(expected);
    const clicked = await pair.pin(expected);
    const shownAt = await within(20_000, whenShown(), `${way}: B did not show the pin`);
    const recording = way === "polling" ? await server.take() : await server.takeQuiet();
    all.push({
      gets: countRequests(recording, "GET"),
      patches: countRequests(recording, "PATCH"),
      channelBytes: (await channelBytes(pair.frames)) - bytesBefore,
      ms: shownAt - clicked,
    });
  }
  await context.close();
  return all;
}
