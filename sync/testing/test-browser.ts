import { type ChannelFaults, createChannels } from "./channels.ts";
import { type Clock, createClock } from "./clock.ts";
import { createNetwork, type TestNetwork, type TestServer } from "./network.ts";
import { createPage, type Page } from "./page.ts";
import { createRandom } from "./random.ts";
import { separate } from "./singletons.ts";
import { createSharedStorage, createStorage } from "./storage.ts";
import { installGlobals, runIn, type TabGlobals } from "./tab-globals.ts";
import { createWebLocks } from "./web-locks.ts";

export interface TestBrowserOptions {
  /** Answers the requests of all tabs: by default with 404. */
  server?: TestServer;
  /** False: a browser on plain http beyond localhost. */
  hasLocks?: boolean;
  /** What befalls messages between tabs: by default nothing. */
  faults?: ChannelFaults;
  /**
   * What modules keep for the page that loads them, and each tab is to have for itself: query-core's
   * `focusManager` and `onlineManager`.
   */
  singletons?: readonly object[];
  /** Of `crypto` and of nothing else. */
  seed?: number;
}

/** One tab, and what befalls it. Nothing that it does happens before the clock goes on. */
export interface TestTab<App> {
  readonly id: string;
  /** What `start` returned. */
  readonly app: App;
  readonly isOpen: boolean;
  /** Runs code as the tab's own, as what its user does. */
  run<T>(act: (app: App) => T): T;
  hide(): void;
  show(): void;
  /** Hidden, and nothing runs until `wake`: what it missed it gets then, but for what `wake({ lose: true })` loses. */
  freeze(): void;
  /** Visible, and nothing runs until `wake`. */
  hang(): void;
  wake(options?: { lose?: boolean }): void;
  setOnline(online: boolean): void;
  close(): void;
  /** Ends without a word. */
  crash(): void;
}

export interface TestBrowser {
  /** Opens a tab and runs the app in it. */
  openTab<App>(start: () => App): TestTab<App>;
  /** All tabs live for so many milliseconds. Rejects with what one of them, or the server, threw. */
  pass(ms: number): Promise<void>;
  readonly clock: Clock;
  readonly network: TestNetwork;
  /** A message to all tabs that none of them sent. */
  inject(channel: string, value: unknown): void;
  /** Closes all tabs, and gives the globals back. */
  close(): void;
}

const names = [
  ...["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  ...["fetch", "EventSource", "BroadcastChannel", "navigator", "crypto"],
  ...["window", "document", "localStorage", "sessionStorage", "IntersectionObserver"],
];

/**
 * A browser of any number of tabs in one process: clock, channels, Web Locks, storage and network are models, and the
 * globals of a tab's code are the tab's own. Modules are loaded once: `singletons` are what each tab has of its own of
 * them. Node only.
 */
export function createTestBrowser(options: TestBrowserOptions = {}): TestBrowser {
  const { server = () => new Response(null, { status: 404 }) } = options;
  const { hasLocks = true, singletons = [], seed = 1 } = options;
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const clock = createClock();
  const random = createRandom(seed);
  const { network, ...wires } = createNetwork(clock, server, onError);
  const channels = createChannels(clock, options);
  const locks = createWebLocks(clock);
  const storage = createSharedStorage(clock);
  const undo = [installGlobals(names), ...singletons.map(separate)];
  const tabs = new Set<TestTab<unknown>>();
  let opened = 0;

  function globalsOf(page: Page): TabGlobals {
    return {
      ...page.timers,
      Date: dateOf(clock),
      performance: { now: clock.now },
      fetch: wires.fetchFor(page),
      EventSource: wires.eventSourceFor(page),
      BroadcastChannel: channels.classFor(page),
      navigator: Object.create(page.navigator, {
        locks: { value: hasLocks ? locks.locksFor(page) : undefined },
      }),
      crypto: cryptoOf(random.next),
      window: page.window,
      document: page.window.document,
      localStorage: storage.openIn(page),
      sessionStorage: createStorage(new Map()),
      // A page has no elements. That of a test's own DOM would be taken for one that has.
      IntersectionObserver: undefined,
    };
  }

  function openTab<App>(start: () => App): TestTab<App> {
    const id = `tab-${++opened}`;
    const page = createPage(id, { clock, onError });
    const globals = globalsOf(page);
    const run = <T>(act: () => T) => runIn(globals, act);
    page.enter = run;

    function sleep() {
      page.life = "stopped";
      locks.sleep(page);
    }
    function end() {
      page.life = "dead";
      locks.forget(page);
      storage.closeIn(page);
      wires.forget(page);
      tabs.delete(tab);
    }
    const tab: TestTab<App> = {
      id,
      app: run(start),
      get isOpen() {
        return page.life !== "dead";
      },
      run: (act) => run(() => act(tab.app)),
      hide: () => run(() => page.show(false)),
      show: () => run(() => page.show(true)),
      freeze() {
        tab.hide();
        sleep();
      },
      hang: sleep,
      wake({ lose = false } = {}) {
        if (page.life !== "stopped") return;
        page.life = "running";
        const isFrozen = page.window.document.visibilityState === "hidden";
        if (isFrozen) run(() => page.window.document.dispatch("resume"));
        clock.wake(page, lose);
      },
      setOnline(online) {
        page.isCut = !online;
        if (!online) wires.forget(page);
        run(() => page.setOnline(online));
      },
      close() {
        if (page.life === "running")
          run(() => page.window.dispatch("pagehide", { persisted: false }));
        end();
      },
      crash: end,
    };
    tabs.add(tab);
    return tab;
  }

  return {
    openTab,
    async pass(ms) {
      await clock.advance(ms);
      if (errors.length) throw errors.splice(0)[0];
    },
    clock,
    network,
    inject: channels.inject,
    close() {
      for (const tab of tabs) tab.close();
      for (const each of undo) each();
    },
  };
}

function dateOf(clock: Clock): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args: []) => Reflect.construct(target, args.length ? args : [clock.now()]),
    get: (target, key) => (key === "now" ? clock.now : Reflect.get(target, key)),
  });
}

function cryptoOf(next: () => number): Pick<Crypto, "getRandomValues" | "randomUUID" | "subtle"> {
  const byte = () => Math.floor(next() * 256);
  return {
    getRandomValues(into) {
      const { buffer, byteOffset, byteLength } = into as unknown as Uint8Array;
      new Uint8Array(buffer, byteOffset, byteLength).forEach((_, at, bytes) => {
        bytes[at] = byte();
      });
      return into;
    },
    randomUUID() {
      const hex = Array.from({ length: 32 }, () => Math.floor(next() * 16).toString(16)).join("");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    subtle: crypto.subtle,
  };
}
