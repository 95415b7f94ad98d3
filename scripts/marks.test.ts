import { expect, test } from "vitest";
import { fillTables, findTables, mark } from "./marks.ts";

const table = "| a | b |\n| --- | --- |\n| 1 | $& |";

test("a table that a script prints is put where the document names it, whatever it holds", () => {
  const tables = findTables(`noise\n${mark("pin/cost", table)}\nmore\n`);
  const document = `# Title\n\n${mark("pin/cost", "| old |")}\n\nProse.\n`;
  const { text, homeless, unfilled } = fillTables(document, tables);
  expect(text).toBe(`# Title\n\n${mark("pin/cost", table)}\n\nProse.\n`);
  expect(homeless).toEqual([]);
  expect(unfilled).toEqual([]);
});

test("a place without a table keeps what is there and is named, and so is a table without a place", () => {
  const document = `${mark("pin/cost", "| old |")}\n${mark("burst/all", "")}`;
  const { text, homeless, unfilled } = fillTables(document, new Map([["panes/all", table]]));
  expect(text).toBe(document);
  expect(homeless).toEqual(["panes/all"]);
  expect(unfilled).toEqual(["pin/cost", "burst/all"]);
});
