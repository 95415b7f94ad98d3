import { expect, onTestFinished, test, vi } from "vitest";
import type { StreamEvent } from "./change-log.ts";
import { type HttpLogOptions, httpLog } from "./http-log.ts";
import { revisionOf } from "./revision.ts";

const change = { rev: 4, resource: "notes", id: "1", op: "update", version: 4, parents: {} };
const since = { epoch: "e", rev: 3 };

/** An `EventSource` whose events the test dispatches. */
function createStream(readStatus?: (data: unknown) => string | null | undefined) {
  const sources: (EventTarget & { url: string; isClosed: boolean })[] = [];
  class FakeEventSource extends EventTarget {
    isClosed = false;
    readonly url: string;
    constructor(url: string) {
      super();
      this.url = url;
      sources.push(this);
    }
    close() {
      this.isClosed = true;
    }
  }
  const events: StreamEvent[] = [];
  const { openStream } = httpLog("/api/changes", {
    EventSource: FakeEventSource,
    ...(readStatus && { readStatus }),
  });
  const close = openStream(since, (event) => events.push(event));
  const [source] = sources;
  return {
    events,
    close,
    source,
    send: (type: string, data: unknown) =>
      source?.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) })),
  };
}

const answer = (status: number, revision: string | null, body: unknown = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: revision === null ? {} : { "Tandem-Revision": revision },
  });
const logThatAnswers = (response: Response) =>
  httpLog("/api/changes", { fetch: async () => response });

test("the catch-up asks for what came after a revision", async () => {
  const asked: unknown[] = [];
  const { fetchChanges } = httpLog("/api/changes", {
    async fetch(url) {
      asked.push(url);
      return answer(200, "e.4", { epoch: "e", head: 4, changes: [change] });
    },
  });
  expect(await fetchChanges(since)).toEqual({ head: { epoch: "e", rev: 4 }, changes: [change] });
  expect(asked).toEqual(["/api/changes?since=e.3"]);
});

test("a log that does not reach back answers 410, with where it stands", async () => {
  const { fetchChanges } = logThatAnswers(answer(410, "f.9"));
  expect(await fetchChanges(since)).toEqual({ head: { epoch: "f", rev: 9 }, changes: null });
});

test.each([
  ["an error", answer(503, "e.4")],
  ["a 410 of something else", answer(410, null)],
  ["changes that do not fit", answer(200, "e.4", { epoch: "e", head: 4, changes: [{ rev: -1 }] })],
])("%s is no answer", async (_, response) => {
  await expect(logThatAnswers(response).fetchChanges(since)).rejects.toThrow();
});

test("the stream begins after a revision, and brings each event as what it is", () => {
  const { source, send, events } = createStream();
  expect(source?.url).toBe("/api/changes?since=e.3");
  send("hello", { epoch: "e", head: 3 });
  send("changes", { epoch: "e", changes: [change] });
  send("status", { trouble: "the disk is full" });
  send("status", { trouble: null });
  send("ping", {});
  send("reset", { epoch: "f", head: 9 });
  expect(events).toEqual([
    { type: "open", head: { epoch: "e", rev: 3 } },
    { type: "changes", epoch: "e", changes: [change] },
    { type: "trouble", detail: "the disk is full" },
    { type: "trouble", detail: null },
    { type: "ping" },
    { type: "reset", head: { epoch: "f", rev: 9 } },
  ]);
});

test("an event that does not fit counts as the loss of the stream", () => {
  for (const [type, data] of [
    ["hello", {}],
    ["changes", { epoch: "e", changes: "all" }],
    ["status", 5],
  ] as const) {
    const { send, events, source } = createStream();
    send(type, data);
    expect([events, source?.isClosed]).toEqual([[{ type: "lost" }], true]);
  }
});

test("a server may word its status in its own way", () => {
  const { send, events } = createStream((data) => `db: ${(data as { db: string }).db}`);
  send("status", { db: "x".repeat(600) });
  expect(events).toEqual([{ type: "trouble", detail: `db: ${"x".repeat(496)}` }]);
});

test("where there is no EventSource the stream counts as lost", () => {
  const events: StreamEvent[] = [];
  httpLog("/api/changes").openStream(null, (event) => events.push(event));
  expect(events).toEqual([{ type: "lost" }]);
});

test("where an EventSource cannot be made, as by a policy of the page, the stream counts as lost", () => {
  const events: StreamEvent[] = [];
  const EventSource = class {
    constructor() {
      throw new DOMException("refused", "SecurityError");
    }
  } as unknown as NonNullable<HttpLogOptions["EventSource"]>;
  httpLog("/api/changes", { EventSource }).openStream(null, (event) => events.push(event));
  expect(events).toEqual([{ type: "lost" }]);
});

test("a catch-up that is not answered within 15 s is given up, whether its head or its body is missing", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const never = new Promise<never>(() => {});
  for (const fetch of [
    () => never,
    async () => Object.assign(answer(200, "e.4"), { json: () => never }),
  ]) {
    const asked = httpLog("/api/changes", { fetch }).fetchChanges(since);
    const outcome = vi.fn();
    asked.catch(outcome);
    await vi.advanceTimersByTimeAsync(14_900);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(outcome).toHaveBeenCalledWith(expect.objectContaining({ name: "TimeoutError" }));
  }
  expect(vi.getTimerCount()).toBe(0);
});

test("a response names its revision, none, or one that cannot be read", () => {
  expect(revisionOf(answer(200, "e.4"))).toEqual({ epoch: "e", rev: 4 });
  expect(revisionOf(answer(200, null))).toBeNull();
  expect(() => revisionOf(answer(200, "?"))).toThrow("is no revision");
});
