import { createApiClient } from "../e2e/support/api-client.ts";
import { openContext } from "./lib/browser.ts";
import { buildAlternatives } from "./lib/builds.ts";
import { openBench } from "./lib/open-bench.ts";
import { openApp, openHarness, type Pair } from "./lib/pairs.ts";
import { expectToggle } from "./lib/panes.ts";
import { median, option, ratio, report, rotate, spread } from "./lib/report.ts";
import type { BenchServer } from "./lib/server.ts";
import { recordSteps, type StepTime } from "./lib/step-times.ts";

/**
 * Where the milliseconds of a pin are: from step to step, in the real app and in the floor, each with a server and
 * two tabs of its own, one pin after the other in turn. The first pins warm up and are not counted.
 *
 *     npx tsx bench/pin-steps.ts [--pins 40] [--pages 10]
 */

const accountId = "acc-01";
const pins = option("pins", 40, 3);
const onlyPages = option("pages", 0);
const pageCounts = onlyPages ? [onlyPages] : [1, 10, 50];
const warmUp = 5;

const steps = [
  "click → the request leaves the page",
  "→ reaches the server",
  "→ the server has answered",
  "→ the answer is in tab A",
  "→ tab A has posted the change",
  "→ tab B has received it",
  "→ tab B shows row and count",
  "in all",
];

const { server: first, startAnother, browser, close } = await openBench(buildAlternatives);
const second = await startAnother();

for (const pages of pageCounts) {
  const ways = [await open("floor", first, pages), await open("app", second, pages)];
  for (let pin = -warmUp; pin < pins; pin++)
    for (const { measure, runs } of rotate(ways, pin + warmUp)) {
      const run = await measure(pin + warmUp);
      if (pin >= 0) runs.push(run);
    }
  const [floor = [], app = []] = ways.map(({ runs }) => runs);
  const column = (runs: readonly number[][], at: number) =>
    runs.map((run) => run[at] ?? Number.NaN);
  report(
    `steps/${pages}-${pages === 1 ? "page" : "pages"}`,
    [
      `ms, ${pages} ${pages === 1 ? "page" : "pages"} loaded, ${pins} pins`,
      "the floor",
      "Tandem",
      "difference",
    ],
    steps.map((name, at) => {
      const [low, high] = [column(floor, at), column(app, at)];
      const more = (median(high) - median(low)).toFixed(1);
      const isAll = at === steps.length - 1;
      return [name, spread(low, 1), spread(high, 1), isAll ? `× ${ratio(high, low)}` : more];
    }),
  );
  for (const { context } of ways) await context.close();
}
await close();

async function open(way: "floor" | "app", server: BenchServer, pages: number) {
  const api = createApiClient(server.apiUrl);
  const context = await openContext(browser);
  const takeSteps = await recordSteps(context);
  const pair: Pair =
    way === "app"
      ? await openApp(context, server, accountId, pages)
      : await openHarness(context, server, accountId, way, pages);
  const [a, b] = pair.frames;

  async function measure(pin: number): Promise<number[]> {
    const index = pin % 10;
    const row = (await api.rows(accountId, 10))[index];
    if (!row) throw new Error(`${accountId} has no row ${index}`);
    const expected = await expectToggle(api, accountId, row, index);
    await server.takeQuiet(200);
    await Promise.all([takeSteps(a), takeSteps(b)]);
    const whenShown = await pair.watchFor(expected, 20_000);
    const clicked = await pair.pin(expected);
    const { confirmed } = await whenShown();
    const { hits } = await server.takeQuiet(200);
    const patch = hits.find((hit) => hit.method === "PATCH");
    const [inA, inB] = await Promise.all([takeSteps(a), takeSteps(b)]);
    const timeOf = (of: readonly StepTime[], step: StepTime["step"]) =>
      of.find((each) => each.step === step)?.at ?? Number.NaN;
    const times = [
      timeOf(inA, "sent"),
      patch?.at ?? Number.NaN,
      patch ? patch.at + patch.ms : Number.NaN,
      timeOf(inA, "answered"),
      timeOf(inA, "posted"),
      timeOf(inB, "received"),
      confirmed ?? Number.NaN,
    ];
    return [
      ...times.map((time, at) => time - (times[at - 1] ?? clicked)),
      (confirmed ?? Number.NaN) - clicked,
    ];
  }
  return { context, measure, runs: [] as number[][] };
}
