import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readDocument } from "#api/file/read-document.ts";
import { makeFile } from "#api/testing/data-file.ts";
import { createSeedText } from "./demo-data.ts";

const script = path.join(import.meta.dirname, "../seed.ts");
const run = (file: string, ...rest: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", script, ...rest], {
    env: { ...process.env, DB: file },
    encoding: "utf8",
  });

test("the same seed gives the same bytes, another seed different ones", () => {
  expect(createSeedText()).toBe(createSeedText(2026));
  expect(createSeedText(1)).not.toBe(createSeedText());
});

test("the demo data has 8 users, 28 accounts, 3,200 activities, unevenly spread, and tasks", () => {
  const text = createSeedText();
  expect(readDocument(Buffer.from(text), 1).size).toBe(4);
  const { users, accounts, activities, tasks } = JSON.parse(text);
  expect([users.length, accounts.length, activities.length]).toEqual([8, 28, 3_200]);
  const counts = new Map<string, number>(accounts.map((row: { id: string }) => [row.id, 0]));
  const times = new Set<string>();
  for (const row of activities) {
    counts.set(row.accountId, (counts.get(row.accountId) ?? 0) + 1);
    times.add(row.at);
  }
  expect(counts.size).toBe(28);
  expect(Math.max(...counts.values())).toBe(640);
  expect([...counts.values()].filter((count) => count === 0)).toHaveLength(1);
  expect(times.size).toBe(3_200);
  const pinned = activities.filter((row: { pinned: boolean }) => row.pinned).length;
  expect(pinned / 3_200).toBeCloseTo(0.04, 2);
  const open = tasks.filter((row: { done: boolean }) => !row.done).length;
  expect([tasks.length, open]).toEqual([38, 29]);
});

test("an edited file is replaced only with --force", () => {
  const file = makeFile();
  const before = fs.readFileSync(file, "utf8");
  const refused = run(file);
  expect([refused.status, fs.readFileSync(file, "utf8")]).toEqual([1, before]);
  expect(refused.stderr).toContain("--force");
  expect(run(file, "--force").status).toBe(0);
  expect(fs.readFileSync(file, "utf8")).toBe(createSeedText());
  expect(run(file).stdout).toContain("already");
  execFileSync("rm", [file]);
  expect(run(file).status).toBe(0);
});
