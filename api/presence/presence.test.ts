import { afterEach, describe, expect, test, vi } from "vitest";
import { type Relay, type RelayListener, relayLimit } from "#api/engine/relay.ts";
import { startApi, type TestApi } from "#api/testing/start-api.ts";
import { openStream } from "#api/testing/stream-client.ts";
import { type Presence, type Present, presentLimit } from "#contract/presence.ts";
import { createPresenceList, type PresenceList } from "./presence-list.ts";

const tab = (tabId: string, more: Partial<Present> = {}): Present => ({
  tabId,
  windowId: "w1",
  userId: "usr-1",
  accountId: "acc-1",
  isEditing: false,
  ...more,
});

afterEach(() => void vi.useRealTimers());

function followList() {
  vi.useFakeTimers();
  const list = createPresenceList();
  const events: Presence[] = [];
  list.subscribe((event) => events.push(event));
  return { list, events };
}

describe("the list", () => {
  test("a tab that is not heard of any more is gone within 20 s, and one that is stays", () => {
    const { list, events } = followList();
    list.put(tab("crashed"));
    for (let seconds = 0; seconds < 20; seconds++) {
      if (seconds % 8 === 0) list.put(tab("alive"));
      vi.advanceTimersByTime(1000);
    }
    expect(list.read().all.map(({ tabId }) => tabId)).toEqual(["alive"]);
    expect(events.at(-1)).toMatchObject({ changed: [], left: ["crashed"] });
  });

  test("a report that says nothing new is no event", () => {
    const { list, events } = followList();
    for (let count = 0; count < 5; count++) {
      list.put(tab("a"));
      vi.advanceTimersByTime(8000);
    }
    expect(events).toMatchObject([{ since: 0, seq: 1, changed: [{ tabId: "a" }], left: [] }]);
  });

  test("however often a tab changes, there are at most five events a second, the last with where it is", () => {
    const { list, events } = followList();
    for (let count = 0; count < 1000; count++) {
      list.put(tab("a", { accountId: `acc-${count}` }));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(200);
    expect(events.length).toBeLessThanOrEqual(7);
    expect(events.at(-1)?.changed).toEqual([tab("a", { accountId: "acc-999" })]);
  });

  test("a flood of tabs is refused at the limit, those that are listed are not, and there is room again", () => {
    const { list } = followList();
    for (let count = 0; count < presentLimit; count++) list.put(tab(`t${count}`));
    expect(() => list.put(tab("more"))).toThrow("500 tabs are listed, and no more are.");
    list.put(tab("t0", { isEditing: true }));
    expect(list.read().all).toHaveLength(presentLimit);
    vi.advanceTimersByTime(20_000);
    list.put(tab("more"));
    expect(list.read().all).toHaveLength(1);
  });
});

/** Relays between processes that hear each other at once, while they are connected. */
function createRelays() {
  const ends: { listener: RelayListener | null; isCut: boolean; heard: string[] }[] = [];
  return function open() {
    const end = { listener: null as RelayListener | null, isCut: false, heard: [] as string[] };
    ends.push(end);
    const relay: Relay = {
      publish(text) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(relayLimit);
        for (const other of ends) {
          if (other === end || other.isCut || end.isCut) continue;
          other.heard.push(text);
          other.listener?.heard(text);
        }
      },
      subscribe(listener) {
        end.listener = listener;
        listener.connected();
        return () => {
          end.listener = null;
        };
      },
    };
    return { relay, end };
  };
}

describe("the lists of several processes", () => {
  function startProcesses() {
    vi.useFakeTimers();
    const open = createRelays();
    return Array.from({ length: 3 }, () => {
      const { relay, end } = open();
      const list = createPresenceList(relay);
      const tabs = () =>
        list
          .read()
          .all.map(({ tabId, accountId }) => `${tabId} ${accountId}`)
          .sort();
      return { list, end, tabs };
    }) as [Process, Process, Process];
  }
  type Process = {
    list: PresenceList;
    end: ReturnType<ReturnType<typeof createRelays>>["end"];
    tabs: () => string[];
  };

  test("are the same at once, whichever a tab reports to, and it is forgotten by all within 20 s", () => {
    const all = startProcesses();
    const [a, b, c] = all;
    const events: Presence[] = [];
    c.list.subscribe((event) => events.push(event));
    a.list.put(tab("t1"));
    b.list.put(tab("t2", { accountId: "acc-2" }));
    for (const each of all) expect(each.tabs()).toEqual(["t1 acc-1", "t2 acc-2"]);
    // A proxy sends the next report to another one.
    for (const next of [c, a, b]) {
      vi.advanceTimersByTime(8000);
      next.list.put(tab("t1"));
    }
    for (const each of all) expect(each.tabs()).toEqual(["t1 acc-1"]);
    c.list.put(tab("t1", { accountId: "acc-3" }));
    for (const each of all) expect(each.tabs()).toEqual(["t1 acc-3"]);
    a.list.leave("t1");
    for (const each of all) expect(each.tabs()).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(events.at(-1)).toMatchObject({ left: ["t1"] });
    a.list.put(tab("t1"));
    vi.advanceTimersByTime(20_000);
    for (const each of all) expect(each.tabs()).toEqual([]);
  });

  test("of a process that crashes, its tabs are gone within 20 s; one that stays in touch is not", () => {
    const [a, b] = startProcesses();
    a.list.put(tab("crashed"));
    for (let seconds = 0; seconds < 40; seconds += 1) {
      if (seconds % 8 === 0) a.list.put(tab("alive"));
      // Its last report was 16 s ago by then.
      if (seconds === 8) a.list.put(tab("crashed"));
      vi.advanceTimersByTime(1000);
    }
    expect(b.tabs()).toEqual(["alive acc-1"]);
    a.end.isCut = true;
    vi.advanceTimersByTime(20_000);
    expect(b.tabs()).toEqual([]);
  });

  test("a process that was not connected asks, and tells what is its own", () => {
    const [a, b, c] = startProcesses();
    c.end.isCut = true;
    a.list.put(tab("t1"));
    b.list.put(tab("t2"));
    c.list.put(tab("t3"));
    c.end.isCut = false;
    c.end.heard.length = 0;
    c.end.listener?.connected();
    for (const { tabs } of [a, b, c]) expect(tabs()).toEqual(["t1 acc-1", "t2 acc-1", "t3 acc-1"]);
    // Each tells its own tabs, and no others.
    expect(c.end.heard).toHaveLength(2);
  });

  test("a flood and long names are passed on in parts, and what a stranger says is ignored", () => {
    const [a, b] = startProcesses();
    const long = { userId: "ü".repeat(200), accountId: "ß".repeat(200) };
    for (let count = 0; count < presentLimit; count++) a.list.put(tab(`t${count}`, long));
    b.end.listener?.heard("junk");
    b.end.listener?.heard(JSON.stringify({ present: [{ tabId: "<b>" }] }));
    b.end.listener?.heard(JSON.stringify({ present: [tab("one-too-many")] }));
    expect(b.tabs()).toHaveLength(presentLimit);
    expect(b.tabs()).toEqual(a.tabs());
    // Those that report again say so together.
    b.end.heard.length = 0;
    for (let count = 0; count < presentLimit; count++) a.list.put(tab(`t${count}`, long));
    vi.advanceTimersByTime(2000);
    expect(b.end.heard.length).toBeLessThan(presentLimit / 5);
    vi.advanceTimersByTime(14_000);
    expect(b.tabs()).toHaveLength(presentLimit);
  });
});

const report = ({ call }: TestApi, body: object) => call("POST", "/presence", body);

describe("over HTTP", () => {
  test("a tab that looks, edits and leaves is an event each of the change stream, and no revision", async () => {
    const api = await startApi();
    await report(api, tab("before"));
    const stream = await openStream(api, "/changes", {}, { presence: true });
    const presence = async () => {
      for (;;) {
        const { event, id, data } = await stream.next();
        if (event === "presence") return { ...data, id };
      }
    };
    const { revision } = await api.get("/status");
    expect(await presence()).toMatchObject({ all: [tab("before")], id: undefined });
    await report(api, tab("a"));
    expect(await presence()).toMatchObject({ changed: [tab("a")], left: [] });
    await report(api, tab("a", { isEditing: true }));
    expect(await presence()).toMatchObject({ changed: [tab("a", { isEditing: true })] });
    await report(api, { ...tab("a"), accountId: null });
    expect(await presence()).toMatchObject({ changed: [], left: ["a"] });
    expect((await api.get("/status")).revision).toBe(revision);
  });

  test("a tab that has the list already is told so, and any other gets it", async () => {
    const api = await startApi();
    const { json } = await report(api, tab("a"));
    expect(json.all).toEqual([tab("a")]);
    const known = `${json.list}.${json.seq}`;
    expect((await report(api, { ...tab("a"), known })).json.all).toBeUndefined();
    expect((await report(api, { ...tab("a"), known: "another.1" })).json.all).toHaveLength(1);
    expect((await api.get("/presence")).json.all).toHaveLength(1);
  });

  test.each([
    [{ ...tab("a"), tabId: "a b" }, "/tabId"],
    [{ ...tab("a"), tabId: "a".repeat(65) }, "/tabId"],
    [{ ...tab("a"), windowId: "" }, "/windowId"],
    [{ ...tab("a"), userId: "u".repeat(201) }, "/userId"],
    [{ ...tab("a"), accountId: 7 }, "/accountId"],
    [{ ...tab("a"), accountId: "" }, "/accountId"],
    [{ ...tab("a"), isEditing: "yes" }, "/isEditing"],
    [{ ...tab("a"), name: "<b>" }, "/name"],
    [{}, "/tabId"],
  ])("%j is refused by its field", async (body, field) => {
    const api = await startApi();
    const { status, json } = await report(api, body);
    expect([status, json.field]).toEqual([422, field]);
    expect((await api.get("/presence")).json.all).toEqual([]);
  });

  test("pages of other origins may not report, and other methods are not allowed", async () => {
    const api = await startApi();
    const foreign = { Origin: "https://evil.example" };
    expect((await api.call("POST", "/presence", tab("a"), foreign)).status).toBe(403);
    expect((await api.call("DELETE", "/presence")).status).toBe(405);
  });
});
