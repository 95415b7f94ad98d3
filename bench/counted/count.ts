import { environmentManager, focusManager, onlineManager } from "@tanstack/query-core";
import { createTestBrowser } from "#sync/testing";
import { age, startApp, type Way } from "./notes-app.ts";
import { createNotesServer } from "./notes-server.ts";

/** What a way costs, in requests that read and characters of JSON; and what it shows. */
export interface Counts {
  readonly write: { readonly reads: number; readonly bytes: number; readonly messages: number };
  /** What eight further tabs out of view add to twenty writes. */
  readonly hidden: number;
  /** Reads of two tabs in ten minutes in which nothing is written, and what they brought. */
  readonly idle: { readonly reads: number; readonly bytes: number };
  /** Seconds until the other tab shows a write of this browser, and one from elsewhere; null for never while it stays in view. */
  readonly shown: { readonly here: number | null; readonly elsewhere: number | null };
  /** Whether the other tab shows a value that the server refused. */
  readonly showsRefused: boolean;
}

const minute = 60_000;

/** Plays the same work in each way, in a test browser: no clock, no load and no browser of the machine has a part in it. */
export async function countWay(way: Way): Promise<Counts> {
  const isServer = environmentManager.isServer();
  environmentManager.setIsServer(() => false);
  try {
    return {
      write: await inWorld(way, countWrite),
      hidden: await inWorld(way, countHidden),
      idle: await inWorld(way, countIdle),
      shown: {
        here: await inWorld(way, (world) => timeToShow(world, true)),
        elsewhere: await inWorld(way, (world) => timeToShow(world, false)),
      },
      showsRefused: await inWorld(way, tryRefused),
    };
  } finally {
    environmentManager.setIsServer(() => isServer);
  }
}

async function inWorld<T>(way: Way, run: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld(way);
  try {
    return await run(world);
  } finally {
    world.browser.close();
  }
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** Two tabs in view, with all that they show loaded. */
async function openWorld(way: Way) {
  const server = createNotesServer({ hasLog: way === "log", hasTags: way === "validators" });
  const sent = { bytes: 0 };
  const browser = createTestBrowser({
    server: server.answer,
    singletons: [focusManager, onlineManager],
  });
  const onMessage = (bytes: number) => {
    sent.bytes += bytes;
  };
  const open = () => browser.openTab(() => startApp(way, onMessage));

  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= age) {
      server.ping();
      await browser.pass(Math.min(left, age));
    }
  }
  async function openLoaded() {
    const tab = open();
    await pass(500);
    void tab.run((app) => app.loadPages());
    await pass(1_000);
    return tab;
  }
  const [a, b] = [await openLoaded(), await openLoaded()];
  return { browser, server, sent, a, b, open: openLoaded, pass };
}

async function countWrite({ server, sent, a, pass }: World) {
  // Between two reads at an age.
  await pass(3_000);
  const before = { ...server.answered, messages: sent.bytes };
  void a.run((app) => app.rename("new"));
  await pass(3_000);
  const { requests, bytes } = server.answered;
  return {
    reads: requests - before.requests,
    bytes: bytes - before.bytes,
    messages: sent.bytes - before.messages,
  };
}

async function countHidden({ browser, a, open, pass }: World) {
  const hidden = new Set<string>();
  for (let tab = 0; tab < 8; tab++) {
    const { id, hide } = await open();
    hide();
    hidden.add(id);
  }
  await pass(5_000);
  const ofHidden = () => browser.network.requests.filter(({ tab }) => hidden.has(tab)).length;
  const before = ofHidden();
  for (let write = 0; write < 20; write++) {
    void a.run((app) => app.rename(`title ${write}`));
    await pass(1_000);
  }
  return ofHidden() - before;
}

async function countIdle({ server, pass }: World) {
  const before = { ...server.answered };
  await pass(10 * minute);
  return {
    reads: server.answered.requests - before.requests,
    bytes: server.answered.bytes - before.bytes,
  };
}

async function timeToShow({ browser, server, a, b, pass }: World, isHere: boolean) {
  await pass(3_000);
  const begun = browser.clock.now();
  if (isHere) void a.run((app) => app.rename("new"));
  else server.write("3", "new");
  while (!b.app.titles().every((title) => title === "new")) {
    if (browser.clock.now() - begun > minute) return null;
    await pass(100);
  }
  return (browser.clock.now() - begun) / 1000;
}

async function tryRefused({ server, a, b, pass }: World) {
  server.state.refuses = true;
  const shown = new Set<string | undefined>();
  void a.run((app) => app.rename("refused"));
  for (let step = 0; step < 50; step++) {
    await pass(1);
    for (const title of b.app.titles()) shown.add(title);
  }
  return shown.has("refused");
}
