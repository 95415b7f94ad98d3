import { openContext } from "./lib/browser.ts";
import { countChannelBytes } from "./lib/channel-bytes.ts";
import { openBench } from "./lib/open-bench.ts";
import { clickPin, expectToggle, openPanes, watchFor } from "./lib/panes.ts";
import { kilobytes, median, option, range, report, spread } from "./lib/report.ts";
import { countRequests } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * One pin in the first of 2, 4, 8, 12 and 16 panes (16 is the limit of the shell), all on one account and
 * all in view, until every pane shows it.
 *
 *     npx tsx bench/many-panes.ts [--pins 8]
 */

const accountId = "acc-01";
const pins = option("pins", 8, 1);
const paneCounts = [2, 4, 8, 12, 16];

const { server, api, browser, close } = await openBench();

const rows = [];
for (const panes of paneCounts) {
  const runs = await measure(panes);
  rows.push([
    panes,
    range(runs.map((run) => run.gets)),
    range(runs.map((run) => run.patches)),
    range(runs.map((run) => run.streams)),
    kilobytes(median(runs.map((run) => run.channelBytes))),
    spread(runs.map((run) => run.rowMs)),
    spread(runs.map((run) => run.countMs)),
  ]);
}
report(
  "panes/pin",
  [
    "panes",
    "GETs per pin",
    "PATCHes",
    "streams open",
    "channel per pin",
    "ms until all show the row",
    "ms until all show the count",
  ],
  rows,
);
await close();

async function measure(panes: number) {
  // Large enough to show every pane: one out of view would not read at all.
  const context = await openContext(browser, { width: 2600, height: 2200 });
  const channelBytes = await countChannelBytes(context);
  const names = "ABCDEFGHIJKLMNOP".slice(0, panes);
  const { frames } = await openPanes(context, server, accountId, { names });
  const [first] = frames;
  if (!first) throw new Error("There is no pane");
  const runs = [];
  for (const [index, row] of (await api.rows(accountId, pins)).entries()) {
    const expected = await expectToggle(api, accountId, row, index);
    await server.takeQuiet();
    const bytesBefore = await channelBytes(frames);
    const watches = await Promise.all(frames.map((frame) => watchFor(frame, expected)));
    const clicked = await clickPin(first, index);
    const shown = await within(
      20_000,
      Promise.all(watches.map((whenShown) => whenShown())),
      `${panes} panes: some did not show the pin`,
    );
    const recording = await server.takeQuiet();
    runs.push({
      gets: countRequests(recording, "GET"),
      patches: countRequests(recording, "PATCH"),
      streams: recording.openStreams,
      channelBytes: (await channelBytes(frames)) - bytesBefore,
      rowMs: Math.max(...shown.map((each) => each.row)) - clicked,
      countMs: Math.max(...shown.map((each) => each.count)) - clicked,
    });
  }
  await context.close();
  return runs;
}
