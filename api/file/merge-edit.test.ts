import fc from "fast-check";
import { expect, test } from "vitest";
import type { Document, Entry } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { applyEdit } from "./apply-edit.ts";
import { findBase, mergeEdit } from "./merge-edit.ts";
import { writeDocument } from "./write-document.ts";

const ids = ["a", "b", "c", "d"];
const row = fc.record({ x: fc.integer({ min: 0, max: 2 }), y: fc.integer({ min: 0, max: 2 }) });
const rows = fc.dictionary(fc.constantFrom(...ids), row);

function documentOf(contents: Record<string, object>): Document {
  const entries = new Map<string, Entry>(
    Object.entries(contents).map(([id, fields]) => [id, { row: { id, ...fields }, version: 1 }]),
  );
  return new Map([["own", { kind: "collection", entries, leftOut: [] }]]);
}

/** Our commits on a document: rows set or removed. */
function commit(document: Document, puts: Record<string, object | null>): Document {
  const transaction = createTransaction(document, 10);
  for (const [id, fields] of Object.entries(puts)) {
    transaction.put({ resource: "own", id, row: fields && { id, ...fields } });
  }
  return transaction.document();
}

const puts = fc.dictionary(fc.constantFrom(...ids), fc.option(row, { nil: null }));

test("what only we changed stays, whatever the editor's buffer held", () => {
  fc.assert(
    fc.property(rows, puts, (start, changes) => {
      const base = documentOf(start);
      const ours = commit(base, changes);
      const merged = mergeEdit(base, ours, documentOf(start));
      expect(applyEdit(ours, 20, merged).changes.filter(({ op }) => op !== "update")).toEqual([]);
      for (const [id, entry] of contentsOf(ours)) expect(contentsOf(merged).get(id)).toEqual(entry);
      expect(contentsOf(merged).size).toBe(contentsOf(ours).size);
    }),
  );
});

test("what only the editor changed lands, and nothing else", () => {
  fc.assert(
    fc.property(rows, rows, (start, edit) => {
      const base = documentOf(start);
      const edited = documentOf(edit);
      const merged = mergeEdit(findBase(edited, base, []), base, edited);
      expect(writeDocument(applyEdit(base, 20, merged).document)).toBe(writeDocument(edited));
    }),
  );
});

test("two fields of one row, one from each side, are both kept", () => {
  const base = documentOf({ a: { x: 0, y: 0 } });
  const ours = commit(base, { a: { x: 1, y: 0 } });
  const edited = documentOf({ a: { x: 0, y: 1 } });
  expect(contentsOf(mergeEdit(base, ours, edited)).get("a")).toEqual({ id: "a", x: 1, y: 1 });
});

test("the base is the state that the edit is nearest to, the present one in doubt", () => {
  const first = documentOf({ a: { x: 0 }, b: { x: 0 } });
  const second = commit(first, { a: { x: 1 } });
  const third = commit(second, { b: { x: 1 } });
  const earlier = [first, second];
  expect(findBase(documentOf({ a: { x: 0 }, b: { x: 0 }, c: { x: 9 } }), third, earlier)).toBe(
    first,
  );
  expect(findBase(documentOf({ a: { x: 1 }, b: { x: 0 }, c: { x: 9 } }), third, earlier)).toBe(
    second,
  );
  expect(findBase(documentOf({ a: { x: 1 }, b: { x: 1 }, c: { x: 9 } }), third, earlier)).toBe(
    third,
  );
  expect(findBase(documentOf({ a: { x: 5 }, b: { x: 5 } }), third, earlier)).toBe(third);
});

test("an edit run as changes on the state before it gives the state after it", () => {
  fc.assert(
    fc.property(rows, rows, (start, edit) => {
      const { document, changes } = applyEdit(documentOf(start), 100, documentOf(edit));
      expect(changes.map((change) => change.rev)).toEqual(changes.map((_, index) => 101 + index));
      const replayed = new Map(
        Object.entries(start).map(([id, fields]) => [id, { id, ...fields }]),
      );
      for (const { id, op, row } of changes) {
        const { version: _version, ...fields } = row ?? {};
        if (op === "delete") replayed.delete(id);
        else replayed.set(id, fields as never);
      }
      expect(new Map([...replayed].sort())).toEqual(new Map([...contentsOf(document)].sort()));
    }),
  );
});

function contentsOf(document: Document): Map<string, object> {
  const part = document.get("own");
  if (part?.kind !== "collection") throw new Error("no collection");
  return new Map(Array.from(part.entries, ([id, entry]) => [id, entry.row]));
}
