import { expect, test } from "vitest";
import { personOf } from "./person-of.ts";

test("unsent work is of a person in a workspace, and in the main one as before there were others", () => {
  const who = { kind: "user", id: "usr-1", role: "editor" } as const;
  const inSales = personOf({ ...who, workspace: "sales" });
  expect(new Set([personOf({ ...who, workspace: "field" }), inSales, "usr-1"]).size).toBe(3);
  expect([personOf(who), personOf({ ...who, workspace: "main" })]).toEqual(["usr-1", "usr-1"]);
});
