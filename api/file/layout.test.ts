import fs from "node:fs";
import { expect, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";

const pretty = (indent: string | number) => `${JSON.stringify(smallData, null, indent)}\n`;

test.each<[string, string]>([
  ["two spaces", pretty(2)],
  ["four spaces", pretty(4)],
  ["tabs", pretty("\t")],
  ["CRLF and a byte order mark", `\uFEFF${pretty(4).replaceAll("\n", "\r\n")}`],
  ["no line break at the end", pretty(2).trimEnd()],
])("one pin is one changed line in a file with %s", async (_what, text) => {
  const file = makeFile(text);
  const { call } = await startApi({ file });
  for (const pinned of [true, false, true]) {
    await call("PATCH", "/activities/act-02", { pinned });
  }
  const [before, after] = [text, fs.readFileSync(file, "utf8")].map((all) => all.split("\n"));
  expect(after).toHaveLength(before?.length ?? 0);
  const changed = after?.filter((line, index) => line !== before?.[index]);
  expect(changed?.map((line) => line.trim())).toEqual(['"pinned": true,']);
});
