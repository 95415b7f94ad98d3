import {
  type Channels,
  type Clock,
  createChannels,
  createClock,
  createRandom,
  createWebLocks,
  type WebLocks,
} from "#sync/testing";
import { createModelServer, type ModelServer } from "../models/model-server.ts";
import { createNetwork, type Network } from "../models/network.ts";
import { createNoise, type Noise } from "../models/noise.ts";
import { createOracle, type Oracle } from "../oracle/oracle.ts";
import { ledgerCapacity, type Realms } from "../tab/realms.ts";
import type { TabWatch } from "../tab/tab.ts";
import { type Browser, createBrowser } from "./browser.ts";
import { createPageGlobals } from "./page-globals.ts";
import { createPageState, type PageState } from "./page-state.ts";
import type { Schedule } from "./schedule.ts";
import { createSpans, type Spans } from "./spans.ts";

/** Everything that one schedule is played in. */
export interface World {
  readonly clock: Clock;
  /** What the browser's machine calls the time is wrong by so many milliseconds. */
  readonly wallClock: { error: number };
  readonly noise: Noise;
  readonly server: ModelServer;
  readonly network: Network;
  readonly channel: Channels;
  readonly locks: WebLocks;
  readonly browser: Browser;
  readonly spans: Spans;
  readonly pageState: PageState;
  readonly oracle: Oracle;
  /** How often each kind of fault and act really happened. */
  readonly coverage: ReadonlyMap<string, number>;
  count(what: string): void;
  log(line: string): void;
  onError(error: unknown): void;
}

/** Wires models, browser and oracle. Nothing happens in it yet. */
export function createWorld(
  { seed, noise: levels, maxChanges, hasLocks }: Schedule,
  realms: Realms,
  print: (line: string) => void,
): World {
  const clock = createClock();
  const wallClock = { error: 0 };
  const random = createRandom(seed);
  const coverage = new Map<string, number>();
  const count = (what: string) => void coverage.set(what, (coverage.get(what) ?? 0) + 1);
  const log = (line: string) => print(`${String(clock.now() % 10_000_000).padStart(8)} ${line}`);
  const onError = (error: unknown) =>
    oracle.broke(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const noise = createNoise(levels, random, (what) => {
    count(what);
    oracle.disturbed();
  });
  const oracle: Oracle = createOracle({
    clock,
    server: () => server,
    ledgerCapacity,
    tabs: () => browser.tabs,
    store: () => browser.store,
    sessionId: () => browser.sessionId,
    count,
    log,
  });
  const server = createModelServer({ maxChanges, now: clock.now, onCommit: oracle.committed });
  oracle.committed([]);
  const network = createNetwork({ clock, noise, server, watch: oracle, count, onError });
  const channel = createChannels(clock, {
    faults: noise,
    isFaulty: (name) => /^tandem($| )/.test(name),
  });
  const locks = createWebLocks(clock);
  const browser: Browser = createBrowser({
    clock,
    realms,
    globalsOf: createPageGlobals({
      clock,
      wallClock,
      random,
      ids: createRandom(~seed),
      network,
      channel,
      locks: hasLocks ? locks : null,
      onError,
    }),
    network,
    locks,
    oracle,
    watch: watchOf(oracle, count, log),
    count,
    onError,
  });
  const spans = createSpans(clock);
  const pageState = createPageState(spans, network, oracle);
  return {
    clock,
    wallClock,
    noise,
    server,
    network,
    channel,
    locks,
    browser,
    spans,
    pageState,
    oracle,
    coverage,
    count,
    log,
    onError,
  };
}

/** The oracle, with what is logged and counted beside it. */
function watchOf(
  oracle: Oracle,
  count: (what: string) => void,
  log: (line: string) => void,
): TabWatch {
  return {
    ...oracle,
    shown(tab, shown) {
      if (shown.panel === "activity") {
        const rows = shown.rows.map(
          ({ id, version, pinned, unconfirmed }) =>
            `${id}@${version}${pinned ? "*" : ""}${unconfirmed ? "?" : ""}`,
        );
        log(`${tab.id} shows ${shown.id}: ${rows.join(" ")}`);
      }
      oracle.shown(tab, shown);
    },
    confirmed(tab, write) {
      count(`${write.type} confirmed`);
      oracle.confirmed(tab, write);
    },
    written(tab, click, outcome, row) {
      count(`write ${outcome}`);
      oracle.written(tab, click, outcome, row);
    },
  };
}
