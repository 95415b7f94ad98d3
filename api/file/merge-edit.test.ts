import fc from "fast-check";
import { expect, test } from "vitest";
import type { Document, Entry } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { applyEdit } from "./apply-edit.ts";
import { mergeEdit } from "./merge-edit.ts";
import { findBase, type RecentState } from "./recent-states.ts";
import { diffOf } from "./state-diff.ts";
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

interface Past extends Omit<RecentState, "differs"> {
  document: Document;
}

/** States as they are kept: each as what it holds where the next committed one differs. */
function keptOf(past: readonly Past[], current: Document): RecentState[] {
  return past.map(({ document, ...state }, index) => {
    const next = past.slice(index + 1).find(({ isSaved }) => !isSaved);
    return { ...state, differs: diffOf(document, next?.document ?? current) };
  });
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
      const merged = mergeEdit(findBase(edited, base, [], 0) ?? base, base, edited);
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

const at = (time: number) => ({ after: time, by: time });

test("the base is the state that the edit differs from in the fewest fields", () => {
  const first = documentOf({ a: { x: 0, y: 0 }, b: { x: 0 } });
  const second = commit(first, { a: { x: 1, y: 0 } });
  const third = commit(second, { b: { x: 1 } });
  const earlier = [first, second].map((document) => ({
    document,
    until: at(100),
    edits: 0,
    isSaved: false,
  }));
  const baseOf = (contents: Record<string, object>, at = 100) =>
    findBase(documentOf(contents), third, keptOf(earlier, third), at);
  expect(baseOf({ a: { x: 0, y: 0 }, b: { x: 0 }, c: { x: 9 } })).toEqual(first);
  expect(baseOf({ a: { x: 0, y: 7 }, b: { x: 0 } })).toEqual(first);
  expect(baseOf({ a: { x: 1, y: 0 }, b: { x: 0 }, c: { x: 9 } })).toEqual(second);
  expect(baseOf({ a: { x: 1, y: 0 }, b: { x: 1 }, c: { x: 9 } })).toEqual(third);
  expect(baseOf({ a: { x: 0, y: 0 }, b: { x: 0 }, c: { x: 9 } }, 3_101)).toEqual(third);
});

test("what came into the file after a save is not its base, and a save that was applied is its own", () => {
  const first = documentOf({ a: { x: 0 } });
  const saved = documentOf({ a: { x: 0 }, e: { x: 1 } });
  const second = commit(saved, { b: { x: 1 } });
  const third = commit(second, { c: { x: 1 } });
  const states = [
    { document: first, until: at(1_000), edits: 0, isSaved: false },
    { document: saved, until: at(1_050), edits: 1, isSaved: true },
    { document: second, until: at(5_000), edits: 2, isSaved: false },
  ];
  const baseOf = (edited: Document, past: readonly Past[], at: number) =>
    findBase(edited, third, keptOf(past, third), at);
  expect(baseOf(saved, states, 1_010)).toEqual(saved);
  const other = documentOf({ a: { x: 9 } });
  expect(baseOf(other, states.slice(0, 1).concat(states.slice(2)), 800)).toEqual(first);
  expect(baseOf(other, states.slice(2), 9_000)).toEqual(third);
  expect(baseOf(other, [{ ...states[2], until: at(90_000) } as Past], 9_000)).toEqual(second);
  // Nearer to what the file held only later.
  const asLater = documentOf({ a: { x: 9 }, e: { x: 1 }, b: { x: 1 }, c: { x: 1 } });
  expect(baseOf(asLater, [{ ...states[2], until: at(90_000) } as Past], 9_000)).toEqual(second);
});

test("a state that a busy machine may have put into the file before a save can be its base", () => {
  const first = documentOf({ a: { x: 0 }, b: { x: 0 } });
  const second = commit(first, { a: { x: 1 }, b: { x: 0 } });
  const third = commit(second, { a: { x: 2 }, b: { x: 0 } });
  const until = { after: 1_000, by: 4_000 };
  const states = [
    { document: first, until, edits: 0, isSaved: false },
    { document: second, until: at(9_000), edits: 0, isSaved: false },
  ];
  const saved = documentOf({ a: { x: 1 }, b: { x: 9 } });
  expect(findBase(saved, third, keptOf(states, third), 1_500)).toEqual(second);
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
