import fs from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";
import { layOut, layoutOf } from "./layout.ts";
import { readDocument } from "./read-document.ts";
import { writeDocument } from "./write-document.ts";

const pretty = (indent: string | number) => `${JSON.stringify(smallData, null, indent)}\n`;

test.each<[string, string]>([
  ["two spaces", pretty(2)],
  ["four spaces", pretty(4)],
  ["tabs", pretty("\t")],
  ["CRLF and a byte order mark", `\uFEFF${pretty(4).replaceAll("\n", "\r\n")}`],
  ["no line break at the end", pretty(2).trimEnd()],
  [
    "numbers that JavaScript rounds",
    pretty(2).replace('"shelf": "A"', '"shelf": 9007199254740993.10'),
  ],
  ["lists on one line", pretty(2).replaceAll('"shelf": "A"', '"shelf": ["A", "B"]')],
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

test.each<[string, string, string, string]>([
  [
    "as json-server's README has them",
    '{ "id": 1, "tags": ["a, b", { "c": [] }] }',
    '{ "id": 1, "tags": ["a, b", { "c": [] }], "x": "{ 1 }" }',
    '{ "id": 2 }',
  ],
  [
    "without blanks at the brackets",
    '{"id": 1, "tags": ["a"]}',
    '{"id": 1, "tags": ["a"], "x": "{ 1 }"}',
    '{"id": 2}',
  ],
])("rows on one line stay so, %s", async (_how, row, changed, added) => {
  const rows = `    ${row},\n    { "id": "b",   "n": 1.50 }`;
  const own = (text: string) => `{\n  "own": [\n${text}\n  ],\n`;
  const start = pretty(2).replace("{\n", own(rows));
  const file = makeFile(start);
  const { call } = await startApi({ file });
  await call("PATCH", "/own/1", { x: "{ 1 }" });
  const next = own(`${rows.replace(row, changed)}`);
  expect(fs.readFileSync(file, "utf8")).toBe(pretty(2).replace("{\n", next));
  await call("POST", "/own", { id: 2 });
  expect(fs.readFileSync(file, "utf8")).toContain(`"n": 1.50 },\n    ${added}\n  ],`);
});

test("a file of one line stays one line", async () => {
  const file = makeFile(JSON.stringify(smallData));
  const { call } = await startApi({ file });
  await call("PATCH", "/activities/act-02", { pinned: true });
  const text = JSON.stringify(smallData);
  const [before, after] = [text.indexOf('"id":"act-02"'), text.indexOf('"id":"act-03"')];
  const row = text.slice(before, after).replace('"pinned":false', '"pinned":true');
  expect(fs.readFileSync(file, "utf8")).toBe(text.slice(0, before) + row + text.slice(after));
});

const blank = fc.constantFrom("", " ", "\n", "\n      ");
const number = fc.constantFrom("1.0", "1e3", "-0", "9007199254740993", "12");
const string = fc.string({ unit: "binary", maxLength: 5 }).map((text) => JSON.stringify(text));

/** The text of a value, with blanks wherever JSON may have them. */
const { value: written } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    number,
    string,
    fc.constantFrom("null", "true", "{}", "[]"),
    fc
      .tuple(fc.array(tie("value"), { maxLength: 3 }), blank)
      .map(([items, by]) => `[${by}${items.join(`,${by}`)}${by}]`),
    fc
      .tuple(fc.array(tie("value"), { maxLength: 3 }), blank)
      .map(
        ([items, by]) =>
          `{${by}${items.map((item, n) => `"k${n}"${by}:${by}${item}`).join(`,${by}`)}${by}}`,
      ),
  ),
}));

test("what is not changed keeps its text, however it is written", () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), written, (values, top) => {
      const rows = values.map((value, n) => `{"id": ${n},"v":${value}}`);
      const textOf = (list: readonly string[]) =>
        `{\n  "users": [],\n  "accounts": [],\n  "activities": [],\n  "own": [\n    ${list.join(",\n    ")}\n  ],\n  "top": ${top}\n}\n`;
      const text = textOf(rows);
      const bytes = Buffer.from(text);
      const plain = writeDocument(readDocument(bytes, 1));
      expect(layOut(plain, layoutOf(bytes))).toBe(text);
      const changed = JSON.parse(plain);
      changed.own[0].v = "changed";
      const next = layOut(
        writeDocument(readDocument(Buffer.from(JSON.stringify(changed)), 1)),
        layoutOf(bytes),
      );
      expect(JSON.stringify(JSON.parse(next))).toBe(JSON.stringify(changed));
      for (const row of rows.slice(1)) expect(next).toContain(row);
    }),
  );
});
