import { expect, onTestFinished, test, vi } from "vitest";
import { openEventStream } from "./event-stream.ts";
import { openEvents, type StreamSender } from "./events.ts";
import { createLog } from "./log.ts";
import { memoryStore } from "./memory-store.ts";

async function open({ since = null as number | null, maxChanges = 1_000 } = {}) {
  const log = await createLog({ store: memoryStore(), maxChanges });
  const start = log.revision();
  let sender: StreamSender | undefined;
  const undo = vi.fn();
  const onReady = vi.fn();
  const onEnd = vi.fn();
  const write = (id: string) =>
    log.write(({ change }) => void change({ resource: "notes", id, op: "update" }));
  const begin = () =>
    openEvents({
      log,
      since: since === null ? null : { ...start, rev: start.rev + since },
      further(given) {
        sender = given;
        return undo;
      },
      onReady,
      onEnd,
    });
  return { log, write, begin, undo, onReady, onEnd, send: () => sender as StreamSender };
}

const namesOf = (text: string) => [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);

test("changes are made into events when they are taken, 200 in one", async () => {
  const { write, begin, onReady } = await open();
  const events = begin();
  expect(namesOf(events.take())).toEqual(["hello"]);
  expect(events.take()).toBe("");
  for (let n = 0; n < 450; n += 1) await write(`${n}`);
  expect(onReady).toHaveBeenCalledTimes(450);
  const taken = [1, 2, 3, 4].map(() => (events.take().match(/"rev"/g) ?? []).length);
  expect(taken).toEqual([200, 200, 50, 0]);
});

test("a reader that the log has outrun is told to begin anew, and goes on from there", async () => {
  const { write, begin } = await open({ maxChanges: 10 });
  const events = begin();
  events.take();
  for (let n = 0; n < 30; n += 1) await write(`${n}`);
  expect(namesOf(events.take())).toEqual(["reset"]);
  await write("next");
  expect(events.take()).toContain('"id":"next"');
});

test("a revision that was never given begins anew", async () => {
  const { begin } = await open({ since: 5 });
  const text = begin().take();
  expect(namesOf(text)).toEqual(["hello", "reset"]);
  expect(/^id: /m.exec(text.slice(0, text.indexOf("reset")))).toBeNull();
});

test("of events beside the changes only the latest is sent, or what stands for all of them", async () => {
  const { begin, send } = await open();
  const events = begin();
  events.take();
  send().send("status", { trouble: "a" });
  send().send("presence", { delta: 1 }, () => ({ whole: 2 }));
  send().send("status", { trouble: null });
  send().send("presence", { delta: 2 }, () => ({ whole: 2 }));
  const text = events.take();
  expect(text).toContain('event: status\ndata: {"trouble":null}');
  expect(text).toContain('event: presence\ndata: {"whole":2}');
  expect(namesOf(text)).toEqual(["status", "presence"]);
});

test("a stream that is ended brings its last event, and nothing that was written before it was read", async () => {
  const { write, begin, send, undo, onEnd } = await open();
  const events = begin();
  await write("secret");
  send().end("signed-out", {});
  expect(onEnd).toHaveBeenCalledOnce();
  expect(undo).toHaveBeenCalledOnce();
  expect(events.take()).toBe("event: signed-out\ndata: {}\n\n");
  send().send("status", {});
  events.close();
  expect([events.take(), onEnd.mock.calls.length]).toEqual(["", 1]);
});

test("a stream may be ended while it is opened", async () => {
  const log = await createLog({ store: memoryStore() });
  const undo = vi.fn();
  const further = ({ end }: StreamSender) => {
    end("signed-out", {});
    return undo;
  };
  const onClose = vi.fn();
  const { body } = openEventStream({ log, since: null, pingMs: 1_000, further, onClose });
  expect(await new Response(body).text()).toBe("event: signed-out\ndata: {}\n\n");
  expect([undo.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
});

test("a stream that is read brings pings; one that is not is cut at the second", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const log = await createLog({ store: memoryStore() });
  const onClose = vi.fn();
  const start = () =>
    openEventStream({ log, since: null, pingMs: 1_000, onClose }).body.getReader();
  const [read, unread] = [start(), start()];
  const isCut = expect(unread.closed).rejects.toThrow("reads nothing");
  const decoder = new TextDecoder();
  for (const name of ["hello", "ping", "ping", "ping", "ping"]) {
    const next = read.read();
    await vi.advanceTimersByTimeAsync(name === "hello" ? 0 : 1_000);
    expect(namesOf(decoder.decode((await next).value))).toEqual([name]);
  }
  await isCut;
  expect(onClose).toHaveBeenCalledOnce();
});

test("nothing is made ahead of a reader, however much is written", async () => {
  const { log, write } = await open();
  const since = vi.fn(log.since);
  const { body, close } = openEventStream({
    log: { ...log, since },
    since: null,
    pingMs: 60_000,
    onClose() {},
  });
  const reader = body.getReader();
  await reader.read();
  for (let n = 0; n < 1_000; n += 1) await write(`${n}`);
  expect(since).not.toHaveBeenCalled();
  expect(new TextDecoder().decode((await reader.read()).value).match(/"rev"/g)).toHaveLength(200);
  expect(since).toHaveBeenCalledOnce();
  close();
});
