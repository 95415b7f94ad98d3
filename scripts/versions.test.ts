import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reactQueryVersions, triedBrowsers } from "./versions.ts";

const page = readFileSync(join(import.meta.dirname, "../sync/README.md"), "utf8");

test("the page of the package names the versions that are tried, and no others", () => {
  const [, cell = ""] = /^\| React Query with React \| (.*?) \|/m.exec(page) ?? [];
  const named = cell.split(", ").map((each) => each.replace(" (newest)", "").split(" with "));
  expect(named).toEqual(reactQueryVersions.map((pair) => [...pair]));
});

test("the page of the package names the browsers that are tried", () => {
  for (const { name } of triedBrowsers())
    expect(page).toMatch(new RegExp(`^\\| .*\\b${name}\\b`, "m"));
});

test("Chromium is installed, so that no release is made without a browser", () => {
  expect(triedBrowsers()[0]?.isInstalled).toBe(true);
});
