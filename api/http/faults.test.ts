import http from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { startApi } from "#api/testing/start-api.ts";
import { openStream } from "#api/testing/stream-client.ts";

const off = {
  latencyMs: 0,
  errorRate: 0,
  failNextWrites: 0,
  loseNextAnswers: 0,
  holdStream: false,
};
const pin = { pinned: true };

describe("injected faults", () => {
  test("are set by PATCH and returned by GET", async () => {
    const { get, call } = await startApi();
    expect((await get("/faults")).json).toEqual(off);
    const { json } = await call("PATCH", "/faults", { latencyMs: 5 });
    expect(json).toEqual({ ...off, latencyMs: 5 });
    const before = performance.now();
    await call("PATCH", "/faults", { latencyMs: 80 });
    await get("/users");
    expect(performance.now() - before).toBeGreaterThan(75);
  });

  test("errorRate 1 fails reads and writes, but never the change stream or the fault settings", async () => {
    const { get, call } = await startApi();
    await call("PATCH", "/faults", { errorRate: 1 });
    expect((await get("/users")).status).toBe(503);
    expect((await call("PATCH", "/activities/act-02", pin)).status).toBe(503);
    expect((await get("/changes")).status).toBe(200);
    expect((await call("PATCH", "/faults", { errorRate: 0 })).status).toBe(200);
    expect((await get("/activities/act-02")).json.pinned).toBe(false);
  });

  test("failNextWrites fails that many writes and no read", async () => {
    const { get, call } = await startApi();
    await call("PATCH", "/faults", { failNextWrites: 1 });
    expect((await get("/users")).status).toBe(200);
    expect((await call("PATCH", "/activities/act-02", pin)).status).toBe(503);
    expect((await call("PATCH", "/activities/act-02", pin)).status).toBe(200);
  });

  test("loseNextAnswers carries out the write and cuts the connection; a retry with the same key is safe", async () => {
    const { get, call } = await startApi();
    await call("PATCH", "/faults", { loseNextAnswers: 1 });
    const note = { accountId: "acc-1", kind: "note", title: "New" };
    const key = { "Idempotency-Key": "k" };
    await expect(call("POST", "/activities", note, key)).rejects.toThrow();
    expect((await get("/activities")).rows).toHaveLength(13);
    expect((await call("POST", "/activities", note, key)).status).toBe(201);
    expect((await get("/activities")).rows).toHaveLength(13);
  });

  test("holdStream holds an open change stream back, and sends what it held when it ends", async () => {
    const api = await startApi();
    const { call } = api;
    const stream = await openStream(api);
    await stream.next();
    await stream.next();
    await call("PATCH", "/faults", { holdStream: true });
    let has = false;
    const next = stream.next().then((event) => {
      has = true;
      return event;
    });
    await call("PATCH", "/activities/act-02", pin);
    const later = await openStream(api);
    // A later stream is held back from its first event on; catch-up is not.
    expect((await call("GET", "/changes")).status).toBe(200);
    expect(has).toBe(false);
    await call("PATCH", "/faults", { holdStream: false });
    expect(await next).toMatchObject({ event: "changes" });
    expect(await later.next()).toMatchObject({ event: "hello" });
  });

  test.each([
    [{ latencyMs: 10_001 }, "/latencyMs"],
    [{ errorRate: 2 }, "/errorRate"],
    [{ failNextWrites: -1 }, "/failNextWrites"],
    [{ other: 1 }, "/other"],
  ])("%j are refused", async (body, field) => {
    const { call, get } = await startApi();
    const { status, json } = await call("PATCH", "/faults", body);
    expect([status, json.field]).toEqual([422, field]);
    expect((await get("/faults")).json).toEqual(off);
  });

  test("are disabled unless allowed", async () => {
    const { get, call } = await startApi({ allowFaults: false });
    expect((await get("/faults")).status).toBe(403);
    expect((await call("PATCH", "/faults", { errorRate: 1 })).status).toBe(403);
    expect((await get("/users")).status).toBe(200);
  });

  test("are not for pages of the API's own origin", async () => {
    const { base, call, get } = await startApi();
    for (const target of ["/faults", "/api/faults", "//api//faults", "/%66aults"]) {
      const headers = { Origin: base, "Tandem-Faults": "1" };
      const { status, json } = await call("PATCH", target, { errorRate: 1 }, headers);
      expect([status, json.field]).toEqual([403, "Origin"]);
    }
    expect((await get("/faults")).json).toEqual(off);
  });

  test("have a handler of their own for the shell's origin, which serves nothing else", async () => {
    const { api, get } = await startApi();
    const server = http.createServer(api.faults);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const body = JSON.stringify({ failNextWrites: 2 });
    const headers = { "Content-Type": "application/json", "Tandem-Faults": "1" };
    const answer = await fetch(`${base}/faults`, { method: "PATCH", body, headers });
    expect(await answer.json()).toEqual({ ...off, failNextWrites: 2 });
    expect((await get("/faults")).json.failNextWrites).toBe(2);
    expect((await fetch(`${base}/activities`, { method: "POST", body, headers })).status).toBe(405);
    const foreign = { ...headers, Origin: "http://evil.example.com" };
    const refused = await fetch(base, { method: "PATCH", body, headers: foreign });
    expect(refused.status).toBe(403);
    const own = { ...headers, Origin: base };
    expect((await fetch(`${base}/faults`, { method: "PATCH", body, headers: own })).status).toBe(
      200,
    );
    const plain = { "Content-Type": "application/json", Origin: base };
    const without = await fetch(`${base}/faults`, { method: "PATCH", body, headers: plain });
    expect([without.status, await without.json()]).toEqual([
      403,
      expect.objectContaining({ field: "Tandem-Faults" }),
    ]);
  });
});
