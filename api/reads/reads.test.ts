import { describe, expect, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { isOnFile, startApi } from "#api/testing/start-api.ts";

/** A file begins at the time, so that a log that was deleted gives no revision a second time. */
const revision = isOnFile ? /^[0-9a-f]{12}\.\d{13}$/ : /^[0-9a-f]{12}\.\d+$/;

describe("reads keep json-server's dialect", () => {
  test("pages, with a total and links", async () => {
    const { get } = await startApi();
    const page = await get("/activities?accountId=acc-1&_page=2&_limit=3");
    expect(page.rows.map((row) => row.id)).toEqual(["act-07", "act-05", "act-04"]);
    expect(page.headers.get("X-Total-Count")).toBe("8");
    expect(page.headers.get("Link")).toContain('_page=3&_limit=3>; rel="next"');
  });

  test.each([
    ["/activities?id=act-02&id=act-03", ["act-03", "act-02"]],
    ["/activities?at_lte=2026-11-02T09:00:00.000Z", ["act-02", "act-01"]],
    ["/activities?at_gte=2026-11-11T00:00:00.000Z&accountId=acc-1", ["act-11"]],
    ["/activities?pinned=true", ["act-01"]],
    ["/activities?_sort=at&_order=asc&_limit=2", ["act-01", "act-02"]],
    ["/activities?_start=1&_end=3", ["act-11", "act-10"]],
    ["/activities?q=note%2012", ["act-12"]],
    ["/accounts/acc-2/activities", ["act-12", "act-09", "act-06", "act-03"]],
    ["/accounts?_sort=pinnedCount,name&_order=desc,asc", ["acc-1", "acc-2", "acc-3"]],
    ["/api/users", ["usr-1", "usr-2"]],
    ["/users/", ["usr-1", "usr-2"]],
  ])("%s", async (target, ids) => {
    const { get } = await startApi();
    const { rows, status } = await get(target);
    expect({ status, ids: rows.map((row) => row.id) }).toEqual({ status: 200, ids });
  });

  test("embeds and expands rows, derived fields included", async () => {
    const { get } = await startApi();
    const one = await get("/activities/act-01?_expand=account");
    expect(one.json.account).toMatchObject({ name: "Northgate", pinnedCount: 1, activityCount: 8 });
    const all = await get("/accounts/acc-2?_embed=activities");
    expect(all.json.activities).toHaveLength(4);
  });
});

test("activities are sorted newest first, and by id where `at` is equal", async () => {
  const at = "2026-11-30T09:00:00.000Z";
  const twins = smallData.activities.map((row, index) => (index % 2 ? { ...row, at } : row));
  const { get } = await startApi({ file: makeFile({ ...smallData, activities: twins }) });
  const { rows } = await get("/activities?_limit=7");
  expect(rows.map((row) => row.id)).toEqual(
    ["12", "10", "08", "06", "04", "02", "11"].map((number) => `act-${number}`),
  );
});

test("every response carries its revision, errors included, and every row its version", async () => {
  const { get, call } = await startApi();
  const list = await get("/accounts");
  expect(list.revision).toMatch(revision);
  expect(list.headers.get("Cache-Control")).toBe("no-cache");
  expect(list.headers.get("Access-Control-Expose-Headers")).toBeNull();
  for (const row of list.rows) expect(row.version).toBe(Number(list.revision.split(".")[1]));
  expect((await get("/nothing")).revision).toBe(list.revision);
  expect((await get("/accounts/nobody")).revision).toBe(list.revision);
  expect((await call("OPTIONS", "/accounts")).revision).toBe(list.revision);
  const head = await call("HEAD", "/activities?_page=1");
  expect([head.status, head.text, head.revision]).toEqual([200, "", list.revision]);
  expect(head.headers.get("X-Total-Count")).toBe("12");
});

test("the ETag of an account covers its counts: a 304 never hides a pin", async () => {
  const { get, call } = await startApi();
  const before = await get("/accounts/acc-2");
  const tag = { "If-None-Match": before.headers.get("ETag") ?? "" };
  const unchanged = await get("/accounts/acc-2", tag);
  expect([unchanged.status, unchanged.revision]).toEqual([304, before.revision]);
  await call("PATCH", "/activities/act-03", { pinned: true });
  const after = await get("/accounts/acc-2", tag);
  expect(after.status).toBe(200);
  expect(after.json).toMatchObject({ pinnedCount: 1, version: before.json.version });
});

test("custom collections and objects can be read, and custom collections written", async () => {
  const own = { releases: [{ id: 7, version: "1.2" }, { id: 8 }], settings: { theme: "dark" } };
  const odd = { $schema: "x", tags: ["a", "b"], "with space": [{ id: 1 }] };
  const { get, call } = await startApi({ file: makeFile({ ...smallData, ...own, ...odd }) });
  expect((await get("/settings")).json).toEqual({ theme: "dark" });
  const [first, second] = (await get("/releases")).rows;
  expect(first).toEqual({ id: 7, version: "1.2" });
  expect(second?.version).toEqual(expect.any(Number));
  const made = await call("POST", "/releases", { name: "next" });
  expect([made.status, made.json.id, made.headers.get("Location")]).toEqual([
    201,
    9,
    "/releases/9",
  ]);
  expect((await call("PATCH", "/releases/7", { version: "1.3" })).json.version).toBe("1.3");
  expect((await call("PATCH", "/releases/8", { version: 4 })).status).toBe(422);
  expect((await call("DELETE", "/releases/9")).status).toBe(200);
  expect((await call("PUT", "/settings", {})).status).toBe(405);
  for (const target of ["/tags", "/$schema", "/with%20space"]) {
    expect((await get(target)).status).toBe(404);
  }
  expect(new Set(Object.keys((await get("/db")).json))).toEqual(
    new Set(["users", "accounts", "activities", "releases", "settings", "tasks"]),
  );
});

test.runIf(isOnFile)("numeric ids stay numbers, and are found as text", async () => {
  const accounts = [{ ...smallData.accounts[0], id: 1 }];
  const activities = [{ ...smallData.activities[0], accountId: 1 }];
  const file = makeFile({ ...smallData, accounts, activities });
  const { get, call } = await startApi({ file });
  expect((await get("/accounts/1")).json).toMatchObject({ id: 1, activityCount: 1 });
  const body = { accountId: "1", kind: "note", title: "New" };
  expect((await call("POST", "/activities", body)).json.accountId).toBe(1);
  expect((await get("/activities?accountId=1")).rows).toHaveLength(2);
});
