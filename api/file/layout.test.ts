import fs from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Document, entriesOf, type Row } from "#api/rows/document.ts";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { startApi } from "#api/testing/start-api.ts";
import { shareEntries } from "./merge-edit.ts";
import { createPendingChanges } from "./pending-changes.ts";
import { readDocument } from "./read-document.ts";
import { joinPieces, spliceText } from "./splice-text.ts";
import { mapText, type TextMap } from "./text-map.ts";

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
    await eventually(() => {
      const [before, after] = [text, fs.readFileSync(file, "utf8")].map((all) => all.split("\n"));
      expect(after).toHaveLength(before?.length ?? 0);
      const changed = after?.filter((line, index) => line !== before?.[index]);
      expect(changed?.map((line) => line.trim())).toEqual(pinned ? ['"pinned": true,'] : []);
    });
  }
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
  const inFile = () => fs.readFileSync(file, "utf8");
  await eventually(() => expect(inFile()).toBe(pretty(2).replace("{\n", next)));
  await call("POST", "/own", { id: 2 });
  await eventually(() => expect(inFile()).toContain(`"n": 1.50 },\n    ${added}\n  ],`));
});

test("a file of one line stays one line", async () => {
  const file = makeFile(JSON.stringify(smallData));
  const { call } = await startApi({ file });
  await call("PATCH", "/activities/act-02", { pinned: true });
  const text = JSON.stringify(smallData);
  const [before, after] = [text.indexOf('"id":"act-02"'), text.indexOf('"id":"act-03"')];
  const row = text.slice(before, after).replace('"pinned":false', '"pinned":true');
  const next = text.slice(0, before) + row + text.slice(after);
  await eventually(() => expect(fs.readFileSync(file, "utf8")).toBe(next));
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

const placesOf = (map: TextMap | null) => [
  map?.size,
  map?.members.starts,
  map?.members.ends,
  map?.of.map(({ valueStart, rows }) => [
    valueStart,
    rows?.start,
    rows?.end,
    rows?.starts,
    rows?.ends,
    rows?.ids,
  ]),
];

function withRow(document: Document, resource: string, row: Row): Document {
  const entries = new Map(entriesOf(document, resource)).set(String(row.id), { row, version: 1 });
  return new Map(document).set(resource, { kind: "collection", entries, leftOut: [] });
}

/** The contents of a file after it was brought to another document. */
function spliced(bytes: Buffer, document: Document): string {
  const inFile = shareEntries(readDocument(bytes, 1), document);
  const map = mapText(bytes, inFile);
  if (!map) throw new Error("the text is not understood");
  const pending = createPendingChanges();
  pending.addDifference(inFile, document);
  const { pieces, map: next } = spliceText(map, pending.take(), document);
  const joined = joinPieces(pieces, bytes);
  expect(readDocument(joined, 1)).toEqual(document);
  expect(placesOf(next)).toEqual(placesOf(mapText(joined, document)));
  return joined.toString();
}

test("what is not changed keeps its text, however it is written", () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 5 }), written, (values, top) => {
      const rows = values.map((value, n) => `{"id": ${n},"v":${value}}`);
      const textOf = (list: readonly string[]) =>
        `{\n  "users": [],\n  "accounts": [],\n  "activities": [],\n  "own": [\n    ${list.join(",\n    ")}\n  ],\n  "top": ${top}\n}\n`;
      const text = textOf(rows);
      const bytes = Buffer.from(text);
      const plain = readDocument(bytes, 1);
      expect(spliced(bytes, plain)).toBe(text);
      const changed = withRow(plain, "own", { id: 0, v: "changed" });
      const next = spliced(bytes, changed);
      expect(readDocument(Buffer.from(next), 1)).toEqual(changed);
      for (const row of rows.slice(1)) expect(next).toContain(row);
    }),
  );
});
