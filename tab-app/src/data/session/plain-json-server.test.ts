import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import jsonServer from "json-server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { activitySchema } from "#contract/rows.ts";
import { accountQuery } from "#data/queries/account.ts";
import { allAccounts, toAccountsQuery } from "#data/queries/account-filter.ts";
import { accountListQuery } from "#data/queries/account-list.ts";
import { activityQuery } from "#data/queries/activity.ts";
import { createApi } from "#data/server/api.ts";
import { ApiError, describeError, UnreachableError } from "#data/server/api-error.ts";

let server: Server | undefined;

async function serve(listener: RequestListener) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return createApi({ tabId: "a", baseUrl: `http://localhost:${port}` });
}

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

const note = (id: string, at: string) => ({
  id,
  accountId: "acc-1",
  kind: "note",
  title: `Note ${id}`,
  at,
  pinned: false,
});

describe("a plain json-server", () => {
  const isLive = () => true;
  let api: ReturnType<typeof createApi>;
  let db: { activities: ReturnType<typeof note>[]; accounts: object[] };

  beforeEach(async () => {
    db = {
      accounts: [{ id: "acc-1", name: "Aldgate", plan: "Growth", status: "active" }],
      // As people write them down: oldest first, and some at the same instant.
      activities: Array.from({ length: 15 }, (_, at) =>
        note(`act-${at + 10}`, `2026-01-${10 + Math.floor(at / 2)}T00:00:00.000Z`),
      ),
    };
    const app = jsonServer.create();
    app.use(jsonServer.defaults({ logger: false }), jsonServer.bodyParser, jsonServer.router(db));
    api = await serve(app);
  });

  test("answers rows without an as-of, of version 0, and details without counts", async () => {
    const client = new QueryClient();
    expect(api.keepsLog).toBeNull();
    const list = toAccountsQuery({ ...allAccounts, text: "ald", sort: "lastActivityAt" });
    const accounts = await client.fetchInfiniteQuery(accountListQuery({ api, isLive }, list));
    expect(accounts.pages).toMatchObject([
      { asOf: null, rows: [{ id: "acc-1", version: 0 }], total: 1, more: false },
    ]);
    expect(api.keepsLog).toBe(false);
    const account = await client.fetchQuery(accountQuery({ api, isLive }, "acc-1"));
    expect(account).toMatchObject({ asOf: null, row: { name: "Aldgate", version: 0 } });
    expect(account.row).not.toHaveProperty("pinnedCount");
  });

  test("is asked for the feed in the feed's order, page by page", async () => {
    const client = new QueryClient();
    const feed = new InfiniteQueryObserver(client, activityQuery({ api, isLive }, "acc-1"));
    const ids = ({ data }: { data: typeof first.data }) =>
      data?.pages.map(({ rows }) => rows.map(({ id }) => id));
    const newestFirst = db.activities.map(({ id }) => id).reverse();
    const first = await feed.refetch();
    expect(ids(first)).toEqual([newestFirst.slice(0, 10)]);
    const both = await feed.fetchNextPage();
    expect(ids(both)).toEqual([newestFirst.slice(0, 10), newestFirst.slice(10)]);
    expect(both.hasNextPage).toBe(false);
  });

  test("takes a pin", async () => {
    const answer = await api.patch("/activities/act-10", { pinned: true }, activitySchema);
    const row = { id: "act-10", pinned: true, version: 0 };
    expect(answer).toMatchObject({ asOf: null, row });
    const change = { resource: "activities", op: "update", parents: { accountId: "acc-1" } };
    expect(answer.changes).toMatchObject([{ ...change, rev: 0, origin: "a", row }]);
  });

  test("makes a row once, though it is sent again because the first answer was lost", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const row = note("act-99", "2026-02-01T00:00:00.000Z");
    for (const _ of [1, 2]) {
      const answer = await api.post("/activities", row, activitySchema, "k");
      expect(answer.row).toMatchObject({ id: "act-99", title: "Note act-99" });
      expect(answer.changes).toMatchObject([{ op: "create", id: "act-99", row: answer.row }]);
    }
    expect(db.activities.filter(({ id }) => id === "act-99")).toHaveLength(1);
  });

  test("deletes a row, which is answered as it was", async () => {
    const answer = await api.delete("/activities/act-10", activitySchema);
    expect(answer).toMatchObject({ asOf: null, row: { id: "act-10", title: "Note act-10" } });
    expect(answer.changes).toMatchObject([{ op: "delete", parents: { accountId: "acc-1" } }]);
    expect(db.activities.map(({ id }) => id)).not.toContain("act-10");
    await expect(api.delete("/activities/act-10", activitySchema)).rejects.toMatchObject({
      status: 404,
    });
  });
});

test("an answer whose revision cannot be read is refused", async () => {
  const api = await serve((_, response) => response.setHeader("Tandem-Revision", "?").end("[]"));
  await expect(api.get("/activities", activitySchema)).rejects.toBeInstanceOf(ApiError);
});

test("the answer of a proxy in front of an API that is down is not taken for its own", async () => {
  const problem = { title: "Bad gateway", status: 502, detail: "Nothing answers at example.com" };
  const api = await serve((_, response) => response.writeHead(502).end(JSON.stringify(problem)));
  const error = await api.get("/activities", activitySchema).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UnreachableError);
  expect(describeError(error)).toEqual({
    title: "The server cannot be reached",
    detail: "Nothing answers at example.com",
  });
});
