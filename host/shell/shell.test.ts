import { describe, expect, it, vi } from "vitest";
import type { Welcome } from "#contract/pane.ts";
import { titleOfDocument } from "#contract/tab-title.ts";
import type { Pane, PaneOptions } from "#host/panes/pane.ts";
import type { PaneState } from "#host/panes/pane-state.ts";
import { createObservable, type MutableObservable } from "#host/shared/observable.ts";
import { remotes } from "#host/shared/testing/remotes.ts";
import { createShell, type Shell } from "./shell.ts";
import { shellTitle, versionToOffer } from "./shell-state.ts";

/** The part of a browser's history that the shell uses. */
function fakePage(search = "") {
  const entries = [search];
  let at = 0;
  let onPop = () => {};
  const location = { search };
  const write = (push: boolean) => (_state: unknown, _title: string, url: string) => {
    if (push) at += 1;
    entries.length = at + 1;
    entries[at] = url.slice(1);
    location.search = url.slice(1);
  };
  const page = {
    location,
    history: { pushState: write(true), replaceState: write(false) },
    addEventListener(_type: string, listener: () => void) {
      onPop = listener;
    },
  };
  const go = (by: number) => {
    at += by;
    location.search = entries[at] ?? "";
    onPop();
  };
  return { page: page as unknown as Window, entries, go };
}

function setUp(search?: string, isUsed = false) {
  const { page, entries, go } = fakePage(search);
  const opened: PaneOptions[] = [];
  const states: MutableObservable<PaneState>[] = [];
  const log: string[] = [];
  const open = (options: PaneOptions): Pane => {
    const id = (): string => options.welcome().paneId;
    opened.push(options);
    const state = createObservable<PaneState>({ phase: "loading", status: null });
    states.push(state);
    return {
      state,
      attach: () => () => {},
      frameLoaded() {},
      restart() {},
      threadStopped: () => log.push(`${id()} thread stopped`),
      setVisible: (visible) => log.push(`${id()} visible ${visible}`),
      setTheme() {},
      navigate: (url) => log.push(`${id()} navigate ${url}`),
      open: (what) => log.push(`${id()} open ${what}`),
      tryOut() {},
      tookFocus() {},
      inspect: (on) => log.push(`${id()} inspect ${on}`),
    };
  };
  const shell = createShell({
    offer: { remotes, faults: [] },
    page,
    open,
    theme: () => "light",
    onTrace() {},
    isUsed: () => isUsed,
    commands: {
      list: () => [{ id: "close A", title: "Close" }],
      run: (id) => log.push(`run ${id}`),
    },
    focus: (id) => log.push(`focus ${id}`),
  });
  const welcome = (at: number): Partial<Welcome> => opened[at]?.welcome() ?? {};
  return { shell, entries, go, opened, states, log, welcome };
}

describe("the shell", () => {
  it("counts no silence of its panes while one of them loads, and while it is not visible", () => {
    const page = { visibilityState: "visible" };
    vi.stubGlobal("document", page);
    const { opened, states } = setUp();
    const watches = () => opened.map(({ watching }) => watching?.());
    states[0]?.set({ phase: "ready", status: null });
    expect(watches()).toEqual([false, false]);
    states[1]?.set({ phase: "ready", status: null });
    expect(watches()).toEqual([true, true]);
    page.visibilityState = "hidden";
    expect(watches()).toEqual([false, false]);
  });

  it("makes one history entry of a navigation by the user, and none of one by the tab itself", () => {
    const { opened, entries } = setUp();
    opened[0]?.onState({ url: "/?account=acc-01", byUser: false });
    expect(entries).toEqual(["?A=%2F%3Faccount%3Dacc-01"]);
    opened[0]?.onState({ url: "/?account=acc-02", byUser: true });
    opened[0]?.onState({ url: "/?account=acc-02", byUser: true });
    expect(entries).toEqual(["?A=%2F%3Faccount%3Dacc-01", "?A=%2F%3Faccount%3Dacc-02"]);
  });

  it("believes a page of another origin only where the browser says that its user acts there", () => {
    for (const isUsed of [false, true]) {
      const { shell, opened, entries, log } = setUp("?tabs=A,B:foreign", isUsed);
      const [, foreign] = opened;
      foreign?.onState({ url: "/1", byUser: true });
      foreign?.onChord("add-tab");
      foreign?.onFocus();
      foreign?.onReveal();
      foreign?.onRun("close A");
      foreign?.onOutdated("newer");
      expect(versionToOffer(shell.state.get())).toBeNull();
      expect([opened[0]?.limited, foreign?.limited]).toEqual([false, true]);
      expect(foreign?.commands()).toEqual([]);
      expect(entries).toHaveLength(isUsed ? 2 : 1);
      expect(shell.state.get().panes).toHaveLength(isUsed ? 3 : 2);
      expect(shell.state.get().active).toBe(isUsed ? "B" : "");
      expect(log.filter((each) => /focus|run/.test(each))).toEqual([]);
      opened[0]?.onRun("close A");
      expect(log).toContain("run close A");
    }
  });

  it("lets a page of another origin neither stop the others nor hide that one of them hangs", () => {
    vi.stubGlobal("document", { visibilityState: "visible" });
    const { opened, states, log } = setUp("?tabs=A,B:foreign");
    states[0]?.set({ phase: "ready", status: null });
    expect(opened[0]?.watching?.()).toBe(true);
    opened[1]?.onThreadStopped?.();
    expect(log).toEqual([]);
  });

  it("navigates only the pane concerned on Back and Forward", () => {
    const { opened, go, log } = setUp();
    opened[0]?.onState({ url: "/a", byUser: true });
    opened[1]?.onState({ url: "/b", byUser: true });
    go(-1);
    expect(log).toEqual(["B navigate /"]);
    go(1);
    expect(log.at(-1)).toBe("B navigate /b");
    go(-2);
    expect(log.slice(2)).toEqual(["A navigate /", "B navigate /"]);
  });

  it("leaves tabs, layout and hidden panes as they are on Back", () => {
    const { shell, opened, go, entries } = setUp();
    opened[0]?.onState({ url: "/a", byUser: true });
    shell.hide("B");
    shell.add();
    go(-1);
    const { panes } = shell.state.get();
    expect(panes.map((pane) => [pane.id, pane.hidden])).toEqual([
      ["A", false],
      ["B", true],
      ["C", false],
    ]);
    expect(entries[0]).toBe("?tabs=A,B,C&hidden=B");
  });

  it("restores the URL of every pane", () => {
    const { welcome } = setUp("?A=%2Fa&hidden=B");
    expect(welcome(0)).toMatchObject({ name: "Tab A", restore: "/a", visible: true });
    expect(welcome(1)).toMatchObject({ name: "Tab B", restore: "/", visible: false });
  });

  it("notifies the panes whose visibility changed, and only those", () => {
    const { shell, log } = setUp();
    shell.hide("B");
    shell.setLayout("focus");
    shell.show("B");
    expect(log).toEqual(["B visible false", "A visible false", "B visible true"]);
  });

  it("offers another version once, however many panes are of an older one", () => {
    const { shell, opened } = setUp();
    const offered = () => versionToOffer(shell.state.get());
    opened[0]?.onOutdated("b2");
    opened[1]?.onOutdated("b2");
    expect(offered()).toBe("b2");
    shell.updateLater();
    expect(offered()).toBeNull();
    opened[1]?.onOutdated("b3");
    expect(offered()).toBe("b3");
    shell.close("B");
    expect(offered()).toBeNull();
  });

  it("brings another pane to the front when the one in front is hidden or closed", () => {
    const { shell, log } = setUp("?layout=focus");
    shell.hide("A");
    expect(log).toEqual(["A visible false", "B visible true"]);
    shell.close("B");
    expect(shell.state.get().front).toBe("A");
  });

  const order = ({ state }: Shell) =>
    state
      .get()
      .panes.map(({ id }) => id)
      .join("");

  it("opens a closed pane again where it was, with what it showed and is called", () => {
    const { shell, entries, opened, welcome } = setUp("?tabs=A,D,C&D=%2Fd&D.name=Ours");
    shell.close("D");
    expect(order(shell)).toBe("AC");
    shell.reopen();
    expect(order(shell)).toBe("ADC");
    expect(welcome(3)).toMatchObject({ paneId: "D", name: "Tab D", restore: "/d" });
    expect(shell.state.get().panes[1]?.label).toBe("Ours");
    expect(entries).toEqual(["?tabs=A,D,C&D=%2Fd&D.name=Ours"]);
    shell.reopen();
    expect(opened).toHaveLength(4);
  });

  it("opens closed panes in turn, the last one first, and under another letter where theirs is taken", () => {
    const { shell, welcome } = setUp("?tabs=A,B&A=%2Fa&B=%2Fb");
    shell.close("A");
    shell.close("B");
    shell.add();
    expect(order(shell)).toBe("A");
    shell.onChord("reopen-tab");
    shell.onChord("reopen-tab");
    expect(order(shell)).toBe("CBA");
    expect([welcome(3).restore, welcome(4).restore]).toEqual(["/b", "/a"]);
  });

  it("duplicates a pane beside it, without its name", () => {
    const { shell, welcome } = setUp("?tabs=A,B&A=%2Fa&A.name=Ours");
    shell.duplicate("A");
    expect(order(shell)).toBe("ACB");
    expect(welcome(2)).toMatchObject({ paneId: "C", restore: "/a" });
    expect(shell.state.get().panes[1]?.label).toBe("");
  });

  it("maximises a pane, hidden or not, and goes back to the layout from before, also after a reload", () => {
    const { shell, entries } = setUp("?layout=stacked&hidden=B");
    shell.maximise("B");
    expect(entries).toEqual(["?layout=focus&from=stacked&front=B"]);
    const again = setUp(entries[0]).shell;
    again.onChord("maximise");
    expect(again.state.get()).toMatchObject({ layout: "stacked" });
  });

  it("moves a pane past the next one that is shown, and says where it is", () => {
    const { shell, entries, log } = setUp("?tabs=A,B,C,D&hidden=B");
    shell.move("A", 1);
    expect(order(shell)).toBe("BCAD");
    expect(shell.state.get().moved).toBe("Tab A is 3 of 4");
    shell.move("A", -1);
    expect(order(shell)).toBe("BACD");
    shell.move("A", -1);
    shell.move("B", 1);
    expect(order(shell)).toBe("BACD");
    shell.moveTo("D", "B");
    expect(order(shell)).toBe("DBAC");
    expect(entries).toEqual(["?tabs=D,B,A,C&hidden=B"]);
    expect(log).toEqual([]);
  });

  it("divides what two panes have between them, within limits", () => {
    const { shell, entries } = setUp();
    shell.resize("A", "B", 60);
    expect(entries).toEqual(["?A.size=120&B.size=80"]);
    shell.resize("A", "B", 0);
    expect(entries).toEqual(["?A.size=25&B.size=175"]);
    shell.resize("A", "B", 50);
    expect(entries).toEqual([""]);
    shell.resize("A", "Z", 10);
    expect(entries).toEqual([""]);
  });

  it("calls a pane what its user does, and nothing where that is empty", () => {
    const { shell, entries } = setUp();
    shell.askName("B");
    expect(shell.state.get().renaming).toBe("B");
    shell.rename("B", "  Mine & ours ");
    expect(entries).toEqual(["?B.name=Mine%20%26%20ours"]);
    expect(shell.state.get().renaming).toBe("");
    shell.rename("B", " ");
    expect(entries).toEqual([""]);
  });

  it("tells every pane when the thread of one is given up, for they share it", () => {
    const { log, opened } = setUp();
    opened[1]?.onThreadStopped?.();
    expect(log).toEqual(["A thread stopped", "B thread stopped"]);
  });

  it("requests traces only while the inspector is open", () => {
    const { shell, log, welcome } = setUp();
    expect(welcome(0).inspect).toBe(false);
    shell.onChord("inspector");
    shell.add();
    expect(welcome(2).inspect).toBe(true);
    shell.setInspector(false);
    expect(log).toEqual([
      "A inspect true",
      "B inspect true",
      "A inspect false",
      "B inspect false",
      "C inspect false",
    ]);
  });

  it("shows and focuses the pane that a chord names, and ignores a chord without a pane", () => {
    const { shell, log } = setUp("?hidden=B");
    shell.onChord("focus-2");
    shell.onChord("focus-7");
    expect(log).toEqual(["B visible true", "focus B"]);
  });

  it("opens the commands in the pane that had the focus last, or the first that is shown, and in none where none is", () => {
    const { shell, log, opened } = setUp("?tabs=A,B,C&hidden=A");
    shell.open("menu");
    opened[2]?.onFocus();
    shell.open("shortcuts");
    // It is out of view: nobody would see them.
    shell.hide("C");
    shell.open("menu");
    expect(log.filter((entry) => entry.includes("open"))).toEqual([
      "B open menu",
      "C open shortcuts",
      "B open menu",
    ]);
    for (const id of ["A", "B", "C"]) shell.close(id);
    shell.open("menu");
    expect(log.filter((entry) => entry.includes("open"))).toHaveLength(3);
  });

  it("is called by what the pane shows that was used last, and counts what is unread in any", () => {
    const { shell, opened } = setUp();
    const title = () => titleOfDocument(shellTitle(shell.state.get()));
    expect(title()).toBe("Tandem");
    opened[0]?.onTitle({ name: "Kestrel Robotics", unread: 0 });
    opened[1]?.onTitle({ name: "Harrow & Vale", unread: 3 });
    expect(title()).toBe("(3) Kestrel Robotics · Tandem");
    opened[1]?.onFocus();
    expect(title()).toBe("(3) Harrow & Vale · Tandem");
    shell.close("B");
    expect(title()).toBe("Kestrel Robotics · Tandem");
    opened[0]?.onTitle({ name: null, unread: 0 });
    expect(title()).toBe("Tandem");
  });
});
