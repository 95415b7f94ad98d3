import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { countAll } from "../../bench/counted/table.ts";

test("what people use instead costs what the guide says", async () => {
  const page = readFileSync(join(import.meta.dirname, "alternatives.md"), "utf8");
  const table = page.split("\n").filter((line) => line.startsWith("|"));
  expect(table.join("\n")).toBe(await countAll());
});
