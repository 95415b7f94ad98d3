import { expect, test } from "vitest";
import { filterAccounts } from "./filter-accounts.ts";

const accounts = [
  { name: "Café Noir", plan: "Free", status: "trial" },
  { name: "Northwind", plan: "Growth", status: "at risk" },
];
const names = (filter: string) => filterAccounts(accounts, filter).map(({ name }) => name);

test("no filter keeps the very same list", () => {
  expect(filterAccounts(accounts, "  ")).toBe(accounts);
});

test("case and accents make no difference, and every word must occur", () => {
  expect(names("CAFE")).toEqual(["Café Noir"]);
  expect(names("growth north")).toEqual(["Northwind"]);
  expect(names("north trial")).toEqual([]);
  expect(names("(.*")).toEqual([]);
});
