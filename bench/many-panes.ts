import { createApiClient } from "../e2e/api-client.ts";
import { describeMachine, launchBrowser, openContext } from "./lib/browser.ts";
import { buildTandem, createBuildFolder } from "./lib/builds.ts";
import { clickPin, countChannelBytes, lookFor, openPanes } from "./lib/panes.ts";
import { kilobytes, median, option, range, spread, table } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { within } from "./lib/within.ts";

/**
 * One pin in the first of 2, 4, 8, 12 and 16 panes (as many as the shell takes), all on one account and
 * all on screen, until every pane shows it.
 *
 *     npx tsx bench/many-panes.ts [--pins 8]
 */

const accountId = "acc-01";
const pins = option("pins", 8);
const paneCounts = [2, 4, 8, 12, 16];

const { folder, remove } = await createBuildFolder();
const server = await startServer(await buildTandem(folder));
const api = createApiClient(server.apiUrl);
const browser = await launchBrowser();
console.log(`${describeMachine(browser)}\n`);

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
console.log(
  table(
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
  ),
);
await browser.close();
await server.close();
await remove();

async function measure(panes: number) {
  // Large enough that no pane has to be scrolled to: one out of view would not read at all.
  const context = await openContext(browser, { width: 2600, height: 2200 });
  const channelBytes = await countChannelBytes(context);
  const names = "ABCDEFGHIJKLMNOP".slice(0, panes);
  const { frames } = await openPanes(context, server, accountId, { names });
  const [first] = frames;
  if (!first) throw new Error("There is no pane");
  const runs = [];
  for (const [index, row] of (await api.rows(accountId, pins)).entries()) {
    const before = (await api.account(accountId)).pinnedCount;
    const pinned = !row.pinned;
    const wanted = { index, pinned, pinnedCount: before + (pinned ? 1 : -1) };
    await server.takeQuiet();
    const bytesBefore = await channelBytes(frames);
    const looks = await Promise.all(frames.map((frame) => lookFor(frame, wanted)));
    const clicked = await clickPin(first, index);
    const shown = await within(
      20_000,
      Promise.all(looks.map((look) => look())),
      `${panes} panes: not all showed the pin`,
    );
    const { hits, openStreams } = await server.takeQuiet();
    const count = (method: string) =>
      hits.filter((hit) => hit.kind === "api" && hit.method === method).length;
    runs.push({
      gets: count("GET"),
      patches: count("PATCH"),
      streams: openStreams,
      channelBytes: (await channelBytes(frames)) - bytesBefore,
      rowMs: Math.max(...shown.map((each) => each.row)) - clicked,
      countMs: Math.max(...shown.map((each) => each.count)) - clicked,
    });
  }
  await context.close();
  return runs;
}
