import fs from "node:fs";
import http from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallData } from "#api/testing/data-file.ts";
import { startApi, type TestApi } from "#api/testing/start-api.ts";
import { problemSchema } from "#contract/rows.ts";

const note = { accountId: "acc-1", kind: "note", title: "New" };
const deep = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
type Case = [string, string, unknown, number, string | undefined, Record<string, string>?];

const bodies: Case[] = [
  ["PATCH", "/activities/act-01", { pinned: "yes" }, 422, "/pinned"],
  ["PATCH", "/activities/act-01", { pined: true }, 422, "/pined"],
  ["PATCH", "/activities/act-01", { version: 3 }, 422, "/version"],
  ["PATCH", "/activities/act-01", { id: "act-99" }, 422, "/id"],
  ["PATCH", "/activities/act-01", { accountId: "nobody" }, 422, "/accountId"],
  ["PATCH", "/activities/act-01", { at: "yesterday" }, 422, "/at"],
  ["PATCH", "/activities/nobody", { pinned: true }, 404, undefined],
  ["PATCH", "/accounts/acc-1", { pinnedCount: 3 }, 422, "/pinnedCount"],
  ["PATCH", "/accounts/acc-1", { activityCount: 3 }, 422, "/activityCount"],
  ["PATCH", "/accounts/acc-1", { expectedVersion: "3" }, 422, "/expectedVersion"],
  ["PATCH", "/accounts/acc-1", { ownerId: "nobody" }, 422, "/ownerId"],
  ["PATCH", "/accounts/acc-1", { notes: "x".repeat(10_001) }, 422, "/notes"],
  ["PATCH", "/accounts/acc-1", '{"__proto__":{"x":1}}', 422, "/__proto__"],
  ["PATCH", "/accounts/acc-1", '{"a":{"constructor":1}}', 422, "/a/constructor"],
  ["PATCH", "/accounts/acc-1", deep, 422, undefined],
  ["POST", "/activities", { ...note, accountId: undefined }, 422, "/accountId"],
  ["POST", "/activities", { ...note, title: "  " }, 422, "/title"],
  ["POST", "/activities", { ...note, id: "act-01" }, 409, "/id"],
  ["POST", "/activities", "{", 400, ""],
  ["POST", "/activities", "[]", 400, ""],
  ["POST", "/activities", "", 400, ""],
  ["POST", "/activities", "x".repeat(1_000_001), 413, undefined],
  ["POST", "/activities", note, 415, "Content-Type", { "Content-Type": "text/plain" }],
  ["POST", "/activities", note, 415, "Content-Encoding", { "Content-Encoding": "gzip" }],
  ["POST", "/activities", note, 400, "Idempotency-Key", { "Idempotency-Key": "a b" }],
  ["POST", "/activities", note, 400, "Tandem-Origin", { "Tandem-Origin": "a/b" }],
  ["POST", "/activities", note, 400, "Tandem-Origin", { "Tandem-Origin": "x".repeat(65) }],
  ["POST", "/activities/act-01", note, 405, undefined],
  ["DELETE", "/activities", undefined, 405, undefined],
  ["PUT", "/activities/act-01", { pinned: true }, 422, "/accountId"],
  ["DELETE", "/activities/nobody", undefined, 404, undefined],
  ["POST", "/changes", note, 405, undefined],
  ["POST", "/nothing", note, 404, undefined],
  ["POST", "/constructor", note, 404, undefined],
  ["POST", "/accounts/nobody/activities", note, 404, undefined],
  ["POST", "/users/usr-1/activities", note, 422, "/userId"],
  ["POST", "/activities", { ...note, id: "." }, 422, "/id"],
  ["POST", "/activities", { ...note, id: ".." }, 422, "/id"],
  ["POST", "/activities", { ...note, at: "2026-11-20T09:00:00" }, 422, "/at"],
  ["POST", "/activities", { ...note, at: "2026-11-20 09:00:00Z" }, 422, "/at"],
  ["POST", "/activities", { ...note, at: "0000-01-01T00:00:00+23:00" }, 422, "/at"],
  ["POST", "/activities", { ...note, at: "9999-12-31T23:59:59-01:00" }, 422, "/at"],
];

const queries: [string, number, string?][] = [
  ["/activities?title_like=(a+)%2B$", 400, "title_like"],
  ["/activities?_delay=5000", 400, "_delay"],
  ["/activities/act-01?_delay=5000", 400, "_delay"],
  ["/activities?callback=x", 400, "callback"],
  ["/activities?_page=0", 400, "_page"],
  ["/activities?_page=x", 400, "_page"],
  ["/activities?_page=1&_page=2", 400, "_page"],
  ["/activities?_limit=-1", 400, "_limit"],
  ["/activities?_limit=1e9", 400, "_limit"],
  ["/activities?_limit=10001", 400, "_limit"],
  ["/activities?_sort=nothing", 400, "_sort"],
  ["/activities?_sort=__proto__", 400, "_sort"],
  ["/activities?_sort=at&_order=up", 400, "_order"],
  ["/activities?_order=desc", 400, "_order"],
  ["/activities?_start=3", 400, "_start"],
  ["/activities?at_lte=2&at_lte=3", 400, "at_lte"],
  ["/activities?q=a&q=b", 400, "q"],
  ["/activities?acountId=acc-1", 400, "acountId"],
  ["/activities?accountId[x]=acc-1", 400, "accountId[x]"],
  ["/activities?_expand=nobody", 400, "_expand"],
  ["/accounts?_embed=nothing", 400, "_embed"],
  ["/activities?title=%", 400, ""],
  ["/activities?title=%ff%fe", 400, ""],
  ["/activities/%E0%A4%A", 400],
  [`/activities?q=${"x".repeat(5_000)}`, 414],
  ["/nothing", 404],
  ["/__proto__", 404],
  ["/toString", 404],
  ["/accounts/acc-1/activities/act-01", 404],
  ["/accounts/nobody/activities", 404],
  ["/users/usr-1/activities", 404],
  ["/", 404],
];

describe("bad input is answered with a problem that names the field, and nothing is written", () => {
  let api: TestApi;
  const cleanUps: (() => void | Promise<void>)[] = [];
  beforeAll(async () => {
    api = await startApi({}, (cleanUp) => cleanUps.unshift(cleanUp));
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  test.each(bodies)("%s %s #%#", async (method, target, body, status, field, headers) => {
    const { call, get, file } = api;
    const before = fs.readFileSync(file, "utf8");
    const answer = await call(method, target, body, headers);
    expect(answer.headers.get("Content-Type")).toBe("application/problem+json; charset=utf-8");
    const problem = problemSchema.parse(answer.json);
    expect([answer.status, problem.status, problem.field]).toEqual([
      status,
      status,
      status === 422 && field === undefined ? expect.any(String) : field,
    ]);
    expect(problem.detail).not.toMatch(/undefined|\bat .*\.ts|node_modules/);
    if (status === 405) expect(answer.headers.get("Allow")).toContain("GET");
    expect(fs.readFileSync(file, "utf8")).toBe(before);
    expect((await get("/activities")).rows).toHaveLength(smallData.activities.length);
  });

  test.each(queries.map((query) => [query[0].slice(0, 60), ...query] as const))(
    "GET %s",
    async (_name, target, status, field) => {
      const answer = await api.get(target);
      const problem = problemSchema.parse(answer.json);
      expect([answer.status, problem.field]).toEqual([status, field]);
      expect(answer.revision).toMatch(/^\w+\.\d+$/);
    },
  );
});

test("a GET with a body and a body cut short have no effect on later requests", async () => {
  const { port, get } = await startApi();
  const send = (method: string, headers: Record<string, string>, body: string, cut: boolean) =>
    new Promise<number>((resolve) => {
      const options = { host: "127.0.0.1", port, method, path: "/activities", headers };
      const request = http.request(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on("error", () => resolve(0));
      request.write(body);
      if (cut) setImmediate(() => request.destroy());
      else request.end();
    });
  const json = { "Content-Type": "application/json" };
  expect(await send("GET", { ...json, "Content-Length": "5" }, "{junk", false)).toBe(200);
  expect(await send("POST", { ...json, "Content-Length": "500" }, "{", true)).toBe(0);
  expect((await get("/activities")).rows).toHaveLength(12);
});
