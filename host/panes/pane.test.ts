import { describe, expect, it, vi } from "vitest";
import type { ShellMethods } from "#contract/pane.ts";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import { createPane } from "./pane.ts";
import type { Connect } from "./pane-link.ts";
import { failureOf } from "./pane-state.ts";

const hello = { version: 1 };

function setUp(ping: () => Promise<unknown> = () => Promise.resolve(), debugged = false) {
  const clock = createFakeClock();
  const log: string[] = [];
  const onState = vi.fn();
  const onRun = vi.fn();
  const onThreadStopped = vi.fn();
  const titles: (string | null)[] = [];
  const versions: (string | null)[] = [];
  const links: ShellMethods[] = [];
  const connect: Connect = (methods) => {
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
    clock,
    debugged,
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
  const detach = pane.attach(connect);
  /** The page in the frame, which calls the shell. */
  const frame: ShellMethods = new Proxy({} as ShellMethods, {
    get: (_, name: keyof ShellMethods) => links.at(-1)?.[name],
  });
  const start = () => {
    frame.hello(hello);
    frame.ready();
  };
  const state = () => pane.state.get();
  const failure = () => failureOf(state());
  const spies = { onState, onRun, onThreadStopped };
  return { pane, state, failure, frame, start, clock, log, ...spies, titles, versions, detach };
}

const never = () => new Promise(() => {});

describe("a pane", () => {
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

  it("is unreachable sooner when the frame has loaded without a hello", async () => {
    const { pane, failure, clock } = setUp();
    pane.frameLoaded();
    await clock.pass(3000);
    expect(failure()).toMatchObject({ cause: "unreachable" });
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

  it("refuses another version and reports whether the shell is the older one", () => {
    const { failure, frame } = setUp();
    expect(frame.hello({ version: 2 })).toBeNull();
    // A restart would bring the same version.
    expect(failure()).toMatchObject({ cause: "version", oldShell: true, again: false });
    expect(frame.hello({ version: 0 })).toBeNull();
    expect(failure()).not.toHaveProperty("oldShell");
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
    const { state, frame, start, clock, log } = setUp(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined);
        }),
    );
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

  it("leaves its thread when it hangs for long, and is started again a second later", async () => {
    const { failure, start, clock, log, onThreadStopped } = setUp(never);
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
      const { pane, start, clock, log } = setUp(answers);
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
    const { pane, state, failure, start, clock, log } = setUp(ping, true);
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
