import { expect, test } from "vitest";
import { filterAccounts } from "./filter-accounts.ts";

const accounts = [
  { name: "Café Noir", plan: "Free", status: "trial" },
  { name: "Northwind", plan: "Growth", status: "at risk" },
];
const names = (filter: string) => filterAccounts(accounts, filter).map(({ name }) => name);

test("an empty filter returns the same list", () => {
  expect(filterAccounts(accounts, "  ")).toBe(accounts);
});

test("the filter ignores case and accents, and every word must occur", () => {
  expect(names("CAFE")).toEqual(["Café Noir"]);
  expect(names("growth north")).toEqual(["Northwind"]);
  expect(names("north trial")).toEqual([]);
  expect(names("(.*")).toEqual([]);
});
