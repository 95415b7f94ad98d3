import { QueryClient, skipToken } from "@tanstack/react-query";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { createApi } from "#data/server/api.ts";
import type { Change } from "#sync";
import { collection } from "./collection.ts";
import { defineQuery } from "./define-query.ts";

const rowSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  version: z.int(),
});
const contactsQuery = defineQuery({
  ...collection("contacts", rowSchema, "accountId"),
  freshFor: 1000,
});

const row = { id: "con-1", accountId: "acc-1", name: "Isabel", version: 3 };
const asOf = { epoch: "e", rev: 5 };
const data = { rows: [row], asOf };
const change = (more: Partial<Change> = {}): Change => ({
  rev: 9,
  resource: "contacts",
  id: "con-1",
  op: "update",
  version: 9,
  parents: { accountId: "acc-1" },
  row: { ...row, name: "Isabella", version: 9 },
  ...more,
});
const effectOn = (of: Change, id = "acc-1") => contactsQuery.effect(of, data, ["contacts", id]);
const empty = { patched: { rows: [], asOf } };

test("a row of the parent is patched where it stands, and removed where it is deleted", () => {
  expect(effectOn(change())).toMatchObject({ patched: { rows: [{ name: "Isabella" }] } });
  expect(effectOn(change({ op: "delete" }))).toEqual(empty);
});

test("a row of another parent does not touch the collection, but for one that left it", () => {
  const moved = { accountId: "acc-2" };
  expect(effectOn(change({ id: "con-2", parents: moved }))).toBe("none");
  expect(effectOn(change({ parents: moved }))).toEqual(empty);
});

test("a row that comes has the collection read again: its place is the server's to decide", () => {
  expect(effectOn(change({ id: "con-2", op: "create" }))).toBe("stale");
  expect(effectOn(change({ id: "con-2" }))).toBe("stale");
});

test("an older change, and a deleted row that is not held, are known", () => {
  expect(effectOn(change({ version: 3 }))).toBe("known");
  expect(effectOn(change({ id: "con-2", op: "delete" }))).toBe("known");
});

test("the rows of a parent are read by its id, and of none there is nothing to read", async () => {
  const paths: string[] = [];
  const api = createApi({
    tabId: "a",
    async fetch(path) {
      paths.push(String(path));
      return Response.json([row], { headers: { "Tandem-Revision": "e.5" } });
    },
  });
  const context = { api, isLive: () => true };
  const query = contactsQuery(context, "acc/1");
  expect(query.queryKey).toEqual(["contacts", "acc/1"]);
  const answer = await new QueryClient().fetchQuery(query);
  expect(answer).toEqual(data);
  expect(query.select?.(answer)).toEqual([row]);
  expect(paths).toEqual(["/api/contacts?accountId=acc%2F1"]);
  expect(contactsQuery(context, null).queryFn).toBe(skipToken);
});
