import fc from "fast-check";
import { expect, test } from "vitest";
import { type Document, type Entry, entriesOf } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { applyEdit } from "./apply-edit.ts";
import { mergeEdit, shareEntries } from "./merge-edit.ts";
import { createRecentStates } from "./recent-states.ts";
import { undoOf } from "./state-diff.ts";

type Contents = Record<string, Record<string, unknown>>;

const ids = ["a", "b", "c", "d", "e"];
const fields = ["x", "y", "z"];
type Put = { id: string; field: string; kind: "set" | "create" | "remove" };
type Step =
  | { do: "write"; put: Put }
  | { do: "flush"; after: number; by: number }
  | { do: "open"; back: number }
  | { do: "save"; puts: Put[]; pause: number; takes: number; writes: Put[] };

/** Writes and edits delete different rows: of both it would be said that one deleted it, and that is true. */
const putOf = (removable: readonly string[]): fc.Arbitrary<Put> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        id: fc.constantFrom(...ids),
        field: fc.constantFrom(...fields),
        kind: fc.constant("set" as const),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        id: fc.constantFrom(...removable),
        field: fc.constantFrom(...fields),
        kind: fc.constantFrom("create" as const, "remove" as const),
      }),
    },
  );

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("write" as const), put: putOf(["c", "d"]) }),
  },
  {
    weight: 2,
    // A busy machine reads the clock long before and after it replaces the file.
    arbitrary: fc.record({
      do: fc.constant("flush" as const),
      after: fc.oneof(fc.constant(0), fc.nat(4_000)),
      by: fc.oneof(fc.constant(0), fc.nat(4_000)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("open" as const), back: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("save" as const),
      puts: fc.array(putOf(["a", "b"]), { maxLength: 3 }),
      pause: fc.nat(400),
      // Most saves are at once. A large file, a slow disk or a mistake that is mended leave it broken meanwhile.
      takes: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(20_000)),
      writes: fc.array(putOf(["c", "d"]), { maxLength: 2 }),
    }),
  },
);

/** One server and one editor at a time; every value is written once, so that its fate can be told. */
function play(steps: readonly Step[]): void {
  let now = 10_000;
  let value = 0;
  let current = documentOf({ a: { x: 0, y: 0 }, b: { x: 0, y: 0, z: 0 }, c: { x: 0 } });
  const recent = createRecentStates();
  /** What the file held, newest first: what an editor may open. */
  let inFile: Contents[] = [contentsOf(current)];
  let buffer: { contents: Contents; saves: number } | null = null;
  const expected = contentsOf(current);

  /** Runs a change on contents; returns false where there is nothing to change. */
  function apply(to: Contents, { id, field, kind }: Put, next: unknown): boolean {
    const row = to[id];
    if (kind === "create") {
      if (row) return false;
      to[id] = { [field]: next };
      return true;
    }
    if (!row) return false;
    if (kind === "remove") delete to[id];
    else to[id] = { ...row, [field]: next };
    return true;
  }

  function write(put: Put): void {
    value += 1;
    const contents = contentsOf(current);
    const id = put.kind === "create" ? `w${value}` : put.id;
    if (!apply(contents, { ...put, id }, `w${value}`)) return;
    const transaction = createTransaction(current, 10);
    const row = contents[id];
    transaction.put({ resource: "own", id, row: row ? { id, ...row } : null });
    const before = current;
    current = transaction.document();
    recent.add(undoOf(before, current, transaction.changes), now);
    apply(expected, { ...put, id }, `w${value}`);
  }

  for (const next of steps) {
    now += 20;
    if (next.do === "write") {
      write(next.put);
    } else if (next.do === "flush") {
      if (recent.isInFile()) continue;
      recent.written(recent.mark(), { after: now - next.after, by: now + next.by });
      inFile = [contentsOf(current), ...inFile].slice(0, 5);
    } else if (next.do === "open") {
      buffer = {
        contents: structuredClone(inFile[Math.min(next.back, inFile.length - 1)] ?? {}),
        saves: 0,
      };
    } else if (buffer && buffer.saves < 3) {
      now += next.pause;
      buffer.saves += 1;
      if (next.takes > 0) {
        recent.saving(now);
        for (const put of next.writes) write(put);
        now += next.takes;
      }
      for (const change of next.puts) {
        value += 1;
        const id = change.kind === "create" ? `e${value}` : change.id;
        if (!apply(buffer.contents, { ...change, id }, `e${value}`)) continue;
        // What the editor changes wins: a row that it does not have any more is brought back by a change to it.
        const row = buffer.contents[id];
        if (!row) delete expected[id];
        else if (expected[id]) expected[id] = { ...expected[id], [change.field]: `e${value}` };
        else expected[id] = { ...row };
      }
      const saved = shareEntries(documentOf(buffer.contents), current);
      const merged = mergeEdit(recent.baseOf(saved, current, now) ?? current, current, saved);
      const { document, changes } = applyEdit(current, 10, merged);
      recent.add(undoOf(current, document, changes), now);
      current = document;
      recent.addSaved(saved, document, { changed: changes.length > 0, isInFile: true, at: now });
      inFile = [structuredClone(buffer.contents)];
    }
    expect(contentsOf(current)).toEqual(expected);
  }
}

function documentOf(contents: Contents): Document {
  const entries = new Map<string, Entry>(
    Object.entries(contents).map(([id, row]) => [id, { row: { id, ...row }, version: 1 }]),
  );
  return new Map([["own", { kind: "collection", entries, leftOut: [] }]]);
}

function contentsOf(document: Document): Contents {
  return Object.fromEntries(
    Array.from(entriesOf(document, "own"), ([id, { row }]) => {
      const { id: _id, ...rest } = row;
      return [id, rest];
    }),
  );
}

test("no acknowledged write and no edit is lost, whichever recent contents a buffer was made from, and however often it is saved", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => play(steps)),
    { numRuns: 2_000 },
  );
});

test("what a file was made from is known, however many commits there were before it was saved", () => {
  const recent = createRecentStates();
  const first = documentOf({ a: { x: 0 } });
  let current = first;
  const write = (id: string, at: number) => {
    const before = current;
    const transaction = createTransaction(current, 10);
    transaction.put({ resource: "own", id, row: { id } });
    current = transaction.document();
    recent.add(undoOf(before, current, transaction.changes), at);
  };
  for (let count = 0; count < 300; count += 1) {
    const at = 9_000 + count;
    write(`w${count}`, at);
    recent.written(recent.mark(), { after: at, by: at });
  }
  recent.saving(10_000);
  write("during", 30_000);
  const saved = documentOf({ a: { x: 1 } });
  expect(recent.baseOf(saved, current, 40_000)).toEqual(first);
});

test("a file was not made from a state that only the log had, though it is like it", () => {
  const recent = createRecentStates();
  const first = documentOf({ a: { x: 0 } });
  let current = first;
  for (const x of [1, 2]) {
    const before = current;
    const transaction = createTransaction(current, 10);
    transaction.put({ resource: "own", id: "a", row: { id: "a", x } });
    current = transaction.document();
    recent.add(undoOf(before, current, transaction.changes), 10_000 + x);
  }
  recent.written(recent.mark(), { after: 10_010, by: 10_020 });
  const saved = documentOf({ a: { x: 1 } });
  expect(recent.baseOf(saved, current, 10_100)).toEqual(first);
});
