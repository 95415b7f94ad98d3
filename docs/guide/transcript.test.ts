import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf } from "./blocks.ts";

const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

test("the transcript has the files and commands of the guide as it is, in their order", () => {
  const followed = blocksOf(read("index.md")).flatMap(({ language, file, code }) => {
    if (file !== undefined) return [`wrote ${file}, ${code.trim().split("\n").length} lines`];
    return language === "sh"
      ? code
          .trim()
          .split("\n")
          .map((line) => `$ ${line}`)
      : [];
  });
  const [{ code = "" } = {}] = blocksOf(read("transcript.md"));
  const steps = code
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\d+:\d\d {2}/, ""));
  expect(steps.slice(0, followed.length)).toEqual(followed);
  expect(steps.at(-1)).toMatch(/^the other shows "Buy bread", .* requested nothing$/);
});
