import { describe, expect, it, vi } from "vitest";
import type { ShellMethods } from "#contract/pane.ts";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import { createPane } from "./pane.ts";
import type { Connect } from "./pane-link.ts";

const hello = { version: 1 };

function setUp(ping: () => Promise<unknown> = () => Promise.resolve()) {
  const clock = createFakeClock();
  const log: string[] = [];
  const onState = vi.fn();
  const onRun = vi.fn();
  const titles: (string | null)[] = [];
  const versions: (string | null)[] = [];
  let methods: ShellMethods | undefined;
  const connect: Connect = (offered) => {
    methods = offered;
    return {
      send: (method, payload) => log.push(`${method} ${JSON.stringify(payload)}`),
      ping,
      load: () => log.push("load"),
      close: () => log.push("close"),
    };
  };
  const pane = createPane({
    clock,
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
  if (!methods) throw new Error("attach did not connect");
  return { pane, frame: methods, clock, log, onState, onRun, titles, versions, detach };
}

describe("a pane", () => {
  it("is ready after hello and ready, and then has no deadline", async () => {
    const { pane, frame, clock } = setUp();
    expect(frame.hello(hello)).toMatchObject({ version: 1, name: "Tab A", theme: "dark" });
    frame.ready();
    await clock.pass(60_000);
    expect(pane.state.get()).toEqual({ phase: "ready", status: null });
  });

  it("is unreachable when no hello arrives in time", async () => {
    const { pane, clock } = setUp();
    await clock.pass(7999);
    expect(pane.state.get().phase).toBe("loading");
    await clock.pass(1);
    expect(pane.state.get()).toMatchObject({ phase: "failed", cause: "unreachable" });
  });

  it("is unreachable sooner when the frame has loaded without a hello", async () => {
    const { pane, clock } = setUp();
    pane.frameLoaded();
    await clock.pass(3000);
    expect(pane.state.get()).toMatchObject({ cause: "unreachable" });
  });

  it("recovers when its hello or ready arrives late", async () => {
    const { pane, frame, clock } = setUp();
    await clock.pass(8000);
    frame.hello(hello);
    expect(pane.state.get().phase).toBe("loading");
    await clock.pass(15_000);
    expect(pane.state.get()).toMatchObject({ cause: "remote-missing" });
    frame.ready();
    expect(pane.state.get().phase).toBe("ready");
  });

  it("refuses another version and reports whether the shell is the older one", () => {
    const { pane, frame } = setUp();
    expect(frame.hello({ version: 2 })).toBeNull();
    expect(pane.state.get()).toMatchObject({ cause: "version", oldShell: true });
    expect(frame.hello({ version: 0 })).toBeNull();
    expect(pane.state.get()).not.toHaveProperty("oldShell");
    expect(frame.hello("junk")).toBeNull();
  });

  it("reports the failure that the frame page found", () => {
    const { pane, frame } = setUp();
    frame.hello(hello);
    frame.failed({ cause: "mount-failed", detail: "Boom" });
    expect(pane.state.get()).toMatchObject({ cause: "mount-failed", detail: "Boom" });
  });

  it("hangs, then counts as stopped, and recovers when it answers", async () => {
    let answer = () => {};
    const { pane, frame, clock } = setUp(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(undefined);
        }),
    );
    frame.hello(hello);
    frame.ready();
    frame.status("live");
    await clock.pass(3000);
    expect(pane.state.get().phase).toBe("ready");
    await clock.pass(1000);
    expect(pane.state.get().phase).toBe("hanging");
    await clock.pass(5000);
    expect(pane.state.get()).toMatchObject({ phase: "failed", cause: "stopped" });
    answer();
    await clock.pass(0);
    expect(pane.state.get()).toEqual({ phase: "ready", status: "live" });
  });

  it("restarts with a new link and a new document", async () => {
    const { pane, log, clock } = setUp();
    await clock.pass(8000);
    pane.restart();
    expect(log).toEqual(["close", "load"]);
    expect(pane.state.get().phase).toBe("loading");
    await clock.pass(8000);
    expect(pane.state.get()).toMatchObject({ cause: "unreachable" });
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
