import { expect, test } from "vitest";
import type { Json } from "#api/testing/data-file.ts";
import { revOf, startApi } from "#api/testing/start-api.ts";

const pin = (id: string, more: Json = {}) => ({
  method: "PATCH",
  resource: "activities",
  id,
  body: { pinned: true },
  ...more,
});

interface Result {
  status: number;
  row?: Json;
  problem?: Json;
  changes?: { rev: number; op: string; id: string; origin?: string }[];
}
const resultsOf = ({ json }: { json: Json }) => json.results as Result[];

test("a batch is committed as one, with revisions that follow each other, and a result for each write", async () => {
  const { call, get } = await startApi();
  const before = revOf((await get("/status")).revision);
  const answer = await call("POST", "/batch", {
    writes: [
      pin("act-02"),
      pin("act-99"),
      { method: "DELETE", resource: "activities", id: "act-03" },
      pin("act-04", { body: { pinned: "maybe" } }),
      {
        method: "POST",
        resource: "activities",
        id: "act-new",
        body: { accountId: "acc-1", kind: "note", title: "New" },
      },
      { method: "PATCH", resource: "nothing", id: "1" },
    ],
  });
  expect(answer.status).toBe(200);
  const results = resultsOf(answer);
  expect(results.map(({ status }) => status)).toEqual([200, 404, 200, 422, 201, 404]);
  expect(results[0]?.row).toMatchObject({ id: "act-02", pinned: true });
  expect(results[3]?.problem).toMatchObject({ field: "/pinned" });
  const changes = results.flatMap((result) => result.changes ?? []);
  expect(changes.map(({ rev, op, id }) => [rev - before, op, id])).toEqual([
    [1, "update", "act-02"],
    [2, "delete", "act-03"],
    [3, "create", "act-new"],
  ]);
  expect(revOf(answer.revision)).toBe(before + 3);
  const log = (await get(`/changes?since=${answer.revision.split(".")[0]}.${before}`)).json;
  expect((log.changes as Json[]).map(({ id }) => id)).toEqual(["act-02", "act-03", "act-new"]);
});

test("a write of a batch may name the version that its row must have", async () => {
  const { call, get } = await startApi();
  const { version } = (await get("/activities/act-02")).json;
  await call("PATCH", "/activities/act-02", { title: "Changed since" });
  const answer = await call("POST", "/batch", {
    writes: [pin("act-02", { version }), pin("act-03", { version })],
  });
  const [late, fresh] = resultsOf(answer);
  expect(late?.status).toBe(412);
  expect(late?.problem?.current).toMatchObject({ title: "Changed since" });
  expect(fresh?.status).toBe(200);
});

test("a retry with its key gets the first answer, over a restart too, and writes nothing", async () => {
  const before = await startApi();
  const key = { "Idempotency-Key": "k-1" };
  const body = { writes: [pin("act-02"), pin("act-99")] };
  const first = await before.call("POST", "/batch", body, key);
  await before.call("PATCH", "/activities/act-02", { pinned: false });
  await before.stop();
  const { call, get } = await startApi({ file: before.file });
  const again = await call("POST", "/batch", body, key);
  expect(again.json).toEqual(first.json);
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect((await get("/activities/act-02")).json.pinned).toBe(false);
  expect((await call("POST", "/batch", { writes: [pin("act-03")] }, key)).status).toBe(422);
});

test.each([
  [{}, "/writes"],
  [{ writes: [] }, "/writes"],
  [{ writes: Array.from({ length: 201 }, () => pin("act-02")) }, "/writes"],
  [{ writes: [pin("act-02"), "x"] }, "/writes/1"],
  [{ writes: [pin("act-02", { method: "GET" })] }, "/writes/0/method"],
  [{ writes: [pin("act-02", { id: "" })] }, "/writes/0/id"],
  [{ writes: [pin("act-02", { version: "1" })] }, "/writes/0/version"],
  [{ writes: [pin("act-02", { expectedVersion: 1 })] }, "/writes/0/expectedVersion"],
  [{ writes: [pin("act-02")], atomic: true }, "/atomic"],
])(
  "what is no list of writes is refused whole, and nothing is written: %j",
  async (body, field) => {
    const { call, get } = await startApi();
    const { revision } = await get("/status");
    const { status, json } = await call("POST", "/batch", body);
    expect([status, json.field]).toEqual([422, field]);
    expect((await get("/status")).revision).toBe(revision);
  },
);

test("only POST is offered", async () => {
  const { call } = await startApi();
  const { status, headers } = await call("GET", "/batch");
  expect([status, headers.get("Allow")]).toEqual([405, "OPTIONS, POST"]);
});
