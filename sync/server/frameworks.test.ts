import { describe, expect, onTestFinished, test } from "vitest";
import { openChangeStream } from "../testing/conformance-stream.ts";
import { createChangesHandler, createLog, memoryStore } from "./index.ts";
import { frameworks } from "./testing/frameworks.ts";
import { createNotes } from "./testing/notes.ts";

const patience = 20_000;

describe.each(Object.entries(frameworks))("on %s", (_name, startOn) => {
  async function start() {
    const log = await createLog({ store: memoryStore() });
    const changes = createChangesHandler(log);
    const { url, close } = await startOn({ notes: createNotes(log), changes });
    onTestFinished(close);
    onTestFinished(changes.close);
    const put = (id: string, title: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/notes/${id}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify({ title }),
      });
    return { url, log, changes, put };
  }

  test("responses say their revision, and the catch-up tells what came after one", async () => {
    const { url, put } = await start();
    const first = await put("1", "first");
    const since = first.headers.get("Tandem-Revision");
    const [made] = JSON.parse(first.headers.get("Tandem-Changes") ?? "[]");
    expect(made).toMatchObject({ resource: "notes", id: "1", op: "create", parents: {} });
    const second = await put("1", "zweite ✓", { "Tandem-Origin": "tab-7" });
    const row = await second.json();
    const read = await fetch(`${url}/notes/1`);
    expect(await read.json()).toEqual(row);
    expect(read.headers.get("Tandem-Revision")).toBe(second.headers.get("Tandem-Revision"));
    const missed = await fetch(`${url}/changes?since=${since}`);
    const [epoch] = since?.split(".") ?? [];
    const { version: rev } = row;
    const change = { rev, version: rev, resource: "notes", id: "1", op: "update", parents: {} };
    expect(await missed.json()).toEqual({
      epoch,
      head: rev,
      changes: [{ ...change, row, origin: "tab-7" }],
    });
    expect((await fetch(`${url}/changes?since=other.1`)).status).toBe(410);
    expect((await fetch(`${url}/changes?since=1`)).status).toBe(400);
  });

  test("the change stream begins where it is asked to, brings what comes, and ends when the server stops", async () => {
    const { url, put, changes } = await start();
    const since = (await put("1", "first")).headers.get("Tandem-Revision") ?? "";
    await put("2", "missed");
    const headers = { "Last-Event-ID": since };
    const stream = await openChangeStream(`${url}/changes`, { headers });
    expect(stream.response.headers.get("Content-Type")).toBe("text/event-stream");
    expect(await stream.next(patience)).toMatchObject({ name: "hello", id: since });
    const missed = { data: { changes: [{ id: "2", row: { title: "missed" } }] } };
    expect(await stream.next(patience)).toMatchObject({ name: "changes", ...missed });
    const { headers: after } = await put("3", "new");
    const news = { data: { changes: [{ id: "3" }] }, id: after.get("Tandem-Revision") };
    expect(await stream.next(patience)).toMatchObject({ name: "changes", ...news });
    expect(changes.count).toBe(1);
    changes.close();
    expect(await stream.next(patience)).toBeNull();
    expect(changes.count).toBe(0);
    expect((await openChangeStream(`${url}/changes`)).response.status).toBe(503);
  });

  test("a reader that has gone is forgotten", async () => {
    const { url, changes } = await start();
    const stream = await openChangeStream(`${url}/changes`);
    await stream.next(patience);
    expect(changes.count).toBe(1);
    stream.close();
    await expect.poll(() => changes.count, { timeout: patience }).toBe(0);
  });

  test("a retry with its key is answered as the first time and logged once; the key of another request is refused", async () => {
    const { url, put } = await start();
    const key = { "Idempotency-Key": "k1" };
    const first = await put("1", "once", key);
    const again = await put("1", "once", key);
    expect(await again.json()).toEqual(await first.json());
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(again.headers.get("Tandem-Changes")).toBe(first.headers.get("Tandem-Changes"));
    expect((await put("1", "other", key)).status).toBe(422);
    const head = (await fetch(`${url}/notes/1`)).headers.get("Tandem-Revision");
    expect(head).toBe(first.headers.get("Tandem-Revision"));
  });
});
