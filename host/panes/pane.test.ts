import { describe, expect, it, vi } from "vitest";
import type { ContractRange } from "#contract/contract-range.ts";
import type { ShellMethods } from "#contract/pane.ts";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import { createPane } from "./pane.ts";
import type { Connect } from "./pane-link.ts";
import { failureOf } from "./pane-state.ts";

const hello = { version: 1 };

interface SetUp {
  /** It has a frame from the start. */
  attached?: boolean;
  ping?: () => Promise<unknown>;
  debugged?: boolean;
  contract?: ContractRange | undefined;
  limited?: boolean;
}

const ours = { oldest: 1, newest: 2 };

function setUp({
  ping = () => Promise.resolve(),
  debugged = false,
  contract = ours,
  limited = false,
  attached = true,
}: SetUp = {}) {
  const clock = createFakeClock();
  const log: string[] = [];
  const onState = vi.fn();
  const onRun = vi.fn();
  const onThreadStopped = vi.fn();
  const titles: (string | null)[] = [];
  const versions: (string | null)[] = [];
  const links: ShellMethods[] = [];
  let count = () => {};
  let block = (_address: string) => {};
  const connect: Connect = (methods, { onMessage, onBlocked }) => {
    count = onMessage;
    block = onBlocked;
    links.push(methods);
    return {
      send: (method, payload) => log.push(`${method} ${JSON.stringify(payload)}`),
      ping,
      load: () => log.push("load"),
      leave: () => log.push("leave"),
      close: () => log.push("close"),
    };
  };
  const pane = createPane({
    contract,
    clock,
    debugged,
    limited,
    onThreadStopped,
    onState,
    onTrace: () => {},
    onChord: () => {},
    onReveal: () => {},
    commands: () => [],
    onRun,
    onFocus: () => {},
    onTitle: (title) => titles.push(title.name),
    onOutdated: (version) => versions.push(version),
    welcome: () => ({
      paneId: "A",
      name: "Tab A",
      theme: "dark",
      visible: true,
      restore: "/",
      inspect: false,
    }),
  });
  const attach = () => pane.attach(connect);
  const detach = attached ? attach() : () => {};
  /** The page in the frame, which calls the shell. */
  const frame: ShellMethods = new Proxy({} as ShellMethods, {
    get: (_, name: keyof ShellMethods) => links.at(-1)?.[name],
  });
  const start = () => {
    frame.hello(hello);
    frame.ready();
  };
  const flood = (messages: number) => {
    for (let each = 0; each < messages; each += 1) count();
  };
  const state = () => pane.state.get();
  const failure = () => failureOf(state());
  const spies = { onState, onRun, onThreadStopped };
  return {
    ...{ pane, state, failure, frame, start, clock, log, ...spies, titles, versions, detach },
    flood,
    attach,
    block: (address: string) => block(address),
  };
}

const never = () => new Promise(() => {});

describe("a pane", () => {
  it("waits for its frame without a deadline, and is not started before", async () => {
    const { pane, attach, state, clock, log } = setUp({ attached: false });
    pane.restart();
    pane.threadStopped();
    await clock.pass(60_000);
    expect([state().phase, log]).toEqual(["unloaded", []]);
    attach();
    expect(state().phase).toBe("loading");
  });

  it("is ready after hello and ready, and then has no deadline", async () => {
    const { pane, frame, clock } = setUp();
    expect(frame.hello(hello)).toMatchObject({ version: 1, name: "Tab A", theme: "dark" });
    frame.ready();
    await clock.pass(60_000);
    expect(pane.state.get()).toEqual({ phase: "ready", status: null });
  });

  it("is unreachable when no hello arrives in time", async () => {
    const { state, failure, clock } = setUp();
    await clock.pass(7999);
    expect(state().phase).toBe("loading");
    await clock.pass(1);
    expect(failure()).toMatchObject({ cause: "unreachable", tried: 0, again: true });
  });

  it("has no tab when the frame has loaded without a hello, which is known sooner", async () => {
    const { pane, failure, clock } = setUp();
    pane.frameLoaded();
    await clock.pass(3000);
    expect(failure()).toMatchObject({ cause: "no-tab", again: true });
  });

  it("is blocked when this page's policy blocked a frame while it loaded, until it says hello", async () => {
    const { pane, failure, frame, clock, block } = setUp();
    block("https://login.test");
    pane.frameLoaded();
    await clock.pass(3000);
    const address = "https://login.test";
    expect(failure()).toMatchObject({ cause: "blocked", detail: address, again: false });
    // It was another pane's frame.
    frame.hello(hello);
    expect(failure()).toBeUndefined();
    pane.restart();
    pane.frameLoaded();
    await clock.pass(3000);
    expect(failure()?.cause).toBe("no-tab");
  });

  it("is blocked too where the browser tells of it after the frame's load", async () => {
    const { pane, failure, clock, block } = setUp();
    pane.frameLoaded();
    await clock.pass(1000);
    block("https://login.test");
    await clock.pass(3000);
    expect(failure()).toMatchObject({ cause: "blocked", detail: "https://login.test" });
  });

  it("recovers when its hello or ready arrives late, and is not restarted then", async () => {
    const { state, failure, frame, clock, log } = setUp();
    await clock.pass(8000);
    frame.hello(hello);
    expect(state().phase).toBe("loading");
    await clock.pass(15_000);
    expect(failure()).toMatchObject({ cause: "remote-missing" });
    frame.ready();
    expect(state().phase).toBe("ready");
    await clock.pass(30_000);
    expect(log).toEqual([]);
  });

  it("is started again by itself when it fails, three times and more patiently each time, and then asks", async () => {
    const { failure, frame, clock, log } = setUp();
    const passUntil = async (tried: number, limit: number) => {
      for (let ms = 0; ms <= limit; ms += 1000) {
        if (failure()?.tried === tried) return ms;
        await clock.pass(1000);
      }
      throw new Error("It did not fail");
    };
    expect(await passUntil(0, 8000)).toBe(8000);
    // The wait, and then the time for the hello.
    expect(await passUntil(1, 60_000)).toBe(1000 + 16_000);
    expect(await passUntil(2, 60_000)).toBe(5000 + 32_000);
    expect(failure()?.again).toBe(true);
    expect(await passUntil(3, 100_000)).toBe(20_000 + 64_000);
    expect(failure()).toMatchObject({ cause: "unreachable", tried: 3, again: false });
    await clock.pass(600_000);
    expect(log).toEqual(["close", "load", "close", "load", "close", "load"]);
    frame.hello(hello);
    expect(failure()).toBeUndefined();
  });

  it("shows its failure until a restart has worked", async () => {
    const { state, failure, frame, clock } = setUp();
    frame.hello(hello);
    frame.failed({ cause: "remote-broken", detail: "" });
    await clock.pass(1000);
    frame.hello(hello);
    expect(state().phase).toBe("loading");
    expect(failure()?.cause).toBe("remote-broken");
    frame.ready();
    expect(failure()).toBeUndefined();
  });

  it("speaks the newest version that pane, shell and manifest have in common, and an older pane works", () => {
    const agreed = (hello: unknown, contract?: ContractRange) =>
      setUp({ contract }).frame.hello(hello)?.version ?? null;
    expect(agreed({ version: 1, newest: 2 })).toBe(2);
    expect(agreed({ version: 1, newest: 7 })).toBe(2);
    expect(agreed({ version: 1 })).toBe(1);
    expect(agreed({ version: 1, newest: 2 }, { oldest: 1, newest: 1 })).toBe(1);
    expect(agreed({ version: 1 }, { oldest: 2, newest: 2 })).toBeNull();
    expect(agreed({ version: 2, newest: 1 })).toBeNull();
  });

  it("refuses a version that it does not speak, says which, and whether the shell is the older one", () => {
    const { failure, frame } = setUp();
    expect(frame.hello({ version: 3, newest: 4 })).toBeNull();
    // A restart would bring the same version.
    expect(failure()).toMatchObject({ cause: "version", oldShell: true, again: false });
    expect(failure()?.detail).toBe(
      "The tab speaks contract 3 to 4; this window speaks 1 to 2, and the manifest allows 1 to 2.",
    );
    expect(frame.hello({ version: 0 })).toBeNull();
    expect(failure()?.oldShell).toBeUndefined();
    expect(frame.hello("junk")).toBeNull();
  });

  it("reports the failure that the frame page found", () => {
    const { failure, frame } = setUp();
    frame.hello(hello);
    frame.failed({ cause: "mount-failed", detail: "Boom" });
    expect(failure()).toMatchObject({ cause: "mount-failed", detail: "Boom" });
  });

  it("hangs, and goes on when it answers", async () => {
    let answer = () => {};
    const ping = () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      });
    const { state, frame, start, clock, log } = setUp({ ping });
    start();
    frame.status("live");
    await clock.pass(3000);
    expect(state().phase).toBe("ready");
    await clock.pass(1000);
    expect(state().phase).toBe("hanging");
    await clock.pass(1999);
    answer();
    await clock.pass(0);
    expect(state()).toEqual({ phase: "ready", status: "live" });
    expect(log).toEqual([]);
  });

  it("is put away when it takes the focus, and stays so until the user starts it", async () => {
    const { pane, start, failure, clock, log } = setUp();
    start();
    pane.tookFocus();
    await clock.pass(60_000);
    expect(failure()).toMatchObject({ cause: "focus", again: false });
    expect(log.slice(-2)).toEqual(["leave", "close"]);
    pane.restart();
    expect(failure()).toBeUndefined();
  });

  it("is put away when it floods the shell, where it is limited, and stays so until the user starts it", async () => {
    const { pane, state, failure, start, clock, log, flood } = setUp({ limited: true });
    start();
    flood(100);
    await clock.pass(1000);
    flood(10);
    expect(state().phase).toBe("ready");
    flood(50);
    expect(failure()).toMatchObject({ cause: "flood", again: false });
    await clock.pass(60_000);
    expect(log).toEqual(["leave", "close"]);
    pane.restart();
    flood(100);
    expect(state().phase).toBe("loading");

    const trusted = setUp();
    trusted.start();
    trusted.flood(100_000);
    expect(trusted.state().phase).toBe("ready");
  });

  it("leaves its thread when it hangs for long, and is started again a second later", async () => {
    const { failure, start, clock, log, onThreadStopped } = setUp({ ping: never });
    start();
    await clock.pass(5999);
    expect(failure()).toBeUndefined();
    await clock.pass(1);
    expect(failure()).toMatchObject({ cause: "stopped", again: true });
    expect(onThreadStopped).toHaveBeenCalledOnce();
    expect(log).toEqual(["leave"]);
    await clock.pass(1000);
    expect(log).toEqual(["leave", "close", "load"]);
  });

  it("leaves a thread that another pane gave up, unless it answers", async () => {
    for (const [answers, left] of [
      [never, ["leave"]],
      [() => Promise.resolve(), []],
    ] as const) {
      const { pane, start, clock, log } = setUp({ ping: answers });
      start();
      await clock.pass(5000);
      pane.threadStopped();
      pane.threadStopped();
      expect(log).toEqual(left);
    }
  });

  it("is not restarted while it is debugged: it recovers when it answers", async () => {
    let answer = () => {};
    const ping = () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      });
    const { pane, state, failure, start, clock, log } = setUp({ ping, debugged: true });
    start();
    await clock.pass(60_000);
    expect(failure()).toMatchObject({ cause: "stopped", again: false });
    answer();
    await clock.pass(0);
    expect(state().phase).toBe("ready");
    expect(log).toEqual([]);

    await clock.pass(60_000);
    pane.restart();
    await clock.pass(1000);
    expect(log).toEqual(["leave", "close", "load"]);
  });

  it("restarts with a new link and a new document", async () => {
    const { pane, state, failure, log, clock } = setUp();
    await clock.pass(8000);
    pane.restart();
    expect(log).toEqual(["close", "load"]);
    expect(state()).toEqual({ phase: "loading", status: null });
    await clock.pass(8000);
    expect(failure()).toMatchObject({ cause: "unreachable", tried: 0 });
  });

  it("is sent nothing before its hello: the welcome carries the current values", () => {
    const { pane, frame, log } = setUp();
    pane.setVisible(false);
    expect(log).toEqual([]);
    frame.hello(hello);
    pane.setVisible(false);
    pane.navigate("/?account=acc-02");
    expect(log).toEqual(["visible false", 'command {"type":"navigate","url":"/?account=acc-02"}']);
  });

  it("has the title that its tab says, until that is loaded anew", () => {
    const { pane, frame, titles } = setUp();
    frame.hello(hello);
    frame.title({ name: "Kestrel Robotics", unread: 2 });
    frame.title({ name: 7 });
    pane.restart();
    expect(titles.slice(-2)).toEqual(["Kestrel Robotics", null]);
  });

  it("is outdated as its tab says, until that is loaded anew", () => {
    const { pane, frame, versions } = setUp();
    frame.hello(hello);
    frame.outdated("b2");
    frame.outdated({ version: "b3" });
    pane.restart();
    expect(versions.slice(-2)).toEqual(["b2", null]);
  });

  it("drops junk", () => {
    const { frame, onState, onRun } = setUp();
    frame.state({ url: "//evil", byUser: true });
    frame.status("Splendid");
    frame.failed(null);
    frame.trace(7);
    frame.chord("quit");
    frame.run({ id: "close A" });
    expect(onRun).not.toHaveBeenCalled();
    expect(onState).not.toHaveBeenCalled();
  });

  it("does not change once it is detached", async () => {
    const { pane, clock, detach } = setUp();
    const listener = vi.fn();
    pane.state.subscribe(listener);
    detach();
    await clock.pass(60_000);
    expect(listener).not.toHaveBeenCalled();
  });
});
