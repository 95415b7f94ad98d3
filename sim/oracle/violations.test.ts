import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { claims } from "./violations.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

test.for(claims)("the README says what the claim is and where it is measured: %s", (claim) => {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${claim} |`));
  const file = /`(oracle\/[a-z-]+\.ts)` \|$/.exec(row ?? "")?.[1];
  expect(file && existsSync(new URL(`../${file}`, import.meta.url))).toBe(true);
});
