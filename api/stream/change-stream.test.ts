import { describe, expect, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { isOnFile, revOf, startApi, type TestApi } from "#api/testing/start-api.ts";
import { openStream } from "#api/testing/stream-client.ts";

const pin = ({ call }: TestApi, id: string, pinned = true, tab?: string) =>
  call("PATCH", `/activities/${id}`, { pinned }, tab ? { "Tandem-Origin": tab } : {});

describe("catch-up", () => {
  test("returns the missed changes with rows, parents and origin", async () => {
    const api = await startApi();
    const { revision } = await api.get("/status");
    const answer = await pin(api, "act-02", true, "tab-7");
    const { json } = await api.get(`/changes?since=${revision}`);
    expect(json).toEqual({
      epoch: revision.split(".")[0],
      head: revOf(answer.revision),
      changes: [
        {
          rev: revOf(answer.revision),
          resource: "activities",
          id: "act-02",
          op: "update",
          version: revOf(answer.revision),
          parents: { accountId: "acc-1" },
          row: answer.json,
          origin: "tab-7",
          derived: {
            "accounts/acc-1": {
              pinnedCount: 2,
              activityCount: 8,
              lastActivityAt: "2026-11-11T09:00:00.000Z",
            },
            // A pin moves nothing of it.
            "overview/all": { movedAt: revOf(revision) },
          },
        },
      ],
    });
    expect((await api.get("/changes")).json).toMatchObject({ head: json.head, changes: [] });
    expect((await api.get(`/changes?since=${answer.revision}`)).json.changes).toEqual([]);
  });

  test("the change of an account carries its derived counts", async () => {
    const api = await startApi();
    const { revision } = await api.get("/status");
    const { json } = await api.call("PATCH", "/accounts/acc-1", { notes: "x" });
    const missed = await api.get(`/changes?since=${revision}`);
    expect(missed.json.changes).toMatchObject([{ resource: "accounts", parents: {}, row: json }]);
    expect(json.pinnedCount).toBe(1);
  });

  test("a row above the size limit is left out of its change", async () => {
    const own = [{ id: 1, text: "x".repeat(20_000) }];
    const api = await startApi({ file: makeFile({ ...smallData, own }) });
    const { revision } = await api.get("/status");
    await api.call("PATCH", "/own/1", { more: true });
    const { json } = await api.get(`/changes?since=${revision}`);
    expect(json.changes).toEqual([expect.not.objectContaining({ row: expect.anything() })]);
  });

  test("another epoch, a future revision and one before the log are answered with 410", async () => {
    const { get, call } = await startApi({ maxChanges: 10 });
    const { revision } = await get("/status");
    const [epoch, rev] = [revision.split(".")[0], revOf(revision)];
    for (const since of [`other.${rev}`, `${epoch}.${rev + 1}`, `${epoch}.${rev - 1}`]) {
      const { status, json } = await get(`/changes?since=${since}`);
      expect([since, status, json.field]).toEqual([since, 410, "since"]);
    }
    for (let n = 0; n < 30; n += 1)
      await call("PATCH", "/activities/act-02", { pinned: n % 2 === 0 });
    expect((await get(`/changes?since=${revision}`)).status).toBe(410);
    expect((await get(`/changes?since=${epoch}.${rev + 20}`)).json.changes).toHaveLength(10);
  });

  test.each(["x", "a.b", "a.1.2", "", "a.-1", "a.1&since=a.1"])(
    "since=%s is answered with 400",
    async (since) => {
      const { get } = await startApi();
      expect((await get(`/changes?since=${since}`)).status).toBe(400);
    },
  );
});

describe("the change stream", () => {
  test("starts with hello and the file status, then sends each commit", async () => {
    const api = await startApi();
    const stream = await openStream(api);
    const { revision } = await api.get("/status");
    const [epoch, head] = [revision.split(".")[0], revOf(revision)];
    expect(await stream.next()).toEqual({ event: "hello", id: revision, data: { epoch, head } });
    expect(await stream.next()).toEqual({ event: "status", data: { file: "ok" } });
    const { revision: committed, json: row } = await pin(api, "act-02");
    expect(await stream.next()).toMatchObject({
      event: "changes",
      id: committed,
      data: { epoch, changes: [{ rev: revOf(committed), id: "act-02", row }] },
    });
  });

  test.each(["header", "query"])(
    "resumes at the revision in its %s, and misses nothing",
    async (way) => {
      const api = await startApi();
      const { revision } = await api.get("/status");
      const rows = Array.from({ length: 450 }, () => ({
        accountId: "acc-1",
        kind: "note",
        title: "n",
      }));
      await Promise.all(rows.map((row) => api.call("POST", "/activities", row)));
      const stream =
        way === "header"
          ? await openStream(api, "/changes", { "Last-Event-ID": revision })
          : await openStream(api, `/changes?since=${revision}`);
      expect(await stream.next()).toMatchObject({ event: "hello", id: revision });
      await stream.next();
      const revs: number[] = [];
      while (revs.length < 450) {
        const { data } = await stream.next();
        revs.push(...(data.changes as { rev: number }[]).map((change) => change.rev));
      }
      expect(revs).toEqual(rows.map((_, index) => revOf(revision) + 1 + index));
    },
  );

  test("Last-Event-ID takes precedence over since", async () => {
    const api = await startApi();
    const { revision } = await api.get("/status");
    const { revision: seen } = await pin(api, "act-02");
    const headers = { "Last-Event-ID": seen };
    const stream = await openStream(api, `/changes?since=${revision}`, headers);
    expect(await stream.next()).toMatchObject({ event: "hello", id: seen });
  });

  test.each(["other.5", "junk"])(
    "cannot resume from %s: it sends reset and continues",
    async (id) => {
      const api = await startApi();
      const stream = await openStream(api, "/changes", { "Last-Event-ID": id });
      const hello = await stream.next();
      expect(hello.id).toBeUndefined();
      const { revision } = await api.get("/status");
      expect(await stream.next()).toEqual({ event: "reset", id: revision, data: hello.data });
      await stream.next();
      await pin(api, "act-02");
      expect((await stream.next()).event).toBe("changes");
    },
  );

  test.runIf(isOnFile)("reports when the file breaks and when it is valid again", async () => {
    const api = await startApi();
    const stream = await openStream(api);
    await stream.next();
    await stream.next();
    const fs = await import("node:fs");
    const good = fs.readFileSync(api.file);
    fs.writeFileSync(api.file, "{");
    const { event, data } = await stream.next();
    expect([event, data]).toEqual(["status", { file: { broken: expect.any(String) } }]);
    fs.writeFileSync(api.file, good);
    expect(await stream.next()).toEqual({ event: "status", data: { file: "ok" } });
  });

  test("pings by an event, which a page can hear, while there are no changes, and ends when the server stops", async () => {
    const api = await startApi({ pingMs: 20 });
    const stream = await openStream(api);
    await stream.next();
    await stream.next();
    for (const _ of [1, 2]) expect(await stream.next()).toEqual({ event: "ping", data: {} });
    await api.stop();
    await stream.ended;
  });

  test("a client that reads nothing is cut, without effect on the others", async () => {
    const api = await startApi({ pingMs: 150, file: makeFile({ ...smallData, own: [{ id: 1 }] }) });
    await openStream(api, "/changes", {}, { paused: true });
    const quick = await openStream(api);
    let sent = 0;
    await eventually(async () => {
      const texts = Array.from({ length: 100 }, (_, n) => `${sent}-${n}-${"x".repeat(15_000)}`);
      await Promise.all(texts.map((text) => api.call("PATCH", "/own/1", { text })));
      sent += 100;
      expect(api.openAnswers()).toBe(1);
    }, 100_000);
    await pin(api, "act-02");
    await eventually(() => expect(quick.raw()).toContain('"act-02"'));
  }, 150_000);
});
