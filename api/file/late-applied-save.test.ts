import { expect, test } from "vitest";
import { createRowStore } from "#api/engine/row-store.ts";
import { entriesOf } from "#api/rows/document.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import type { DataFile, FileCheck } from "./data-file.ts";
import type { FileWriter } from "./file-writer.ts";
import { createHandEdits } from "./hand-edits.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { createRecentStates } from "./recent-states.ts";

const textOf = (...rows: object[]) =>
  JSON.stringify({ users: [], accounts: [], activities: [], notes: rows });

/** A buffer that was opened before the row `b` was committed, and is saved twice before the first save is applied. */
test("a save that is applied late is the base of the one that came before that", async () => {
  let now = 1_000;
  const document = readDocument(Buffer.from(textOf({ id: "a", text: "old" })), 1);
  const saved = { epoch: "e", rev: 1, document, changes: [], answers: [] };
  const store = createRowStore(saved, { now: () => now, log: () => {}, maxChanges: 100 });
  const recent = createRecentStates();
  const found: FileCheck[] = [];
  const dataFile: Pick<DataFile, "check" | "lateWrites"> = {
    check: () => found.shift() ?? { kind: "same" },
    lateWrites: () => [],
  };
  const logFile: Pick<LogFile, "append" | "exists" | "isLong"> = {
    append: async () => {},
    exists: async () => true,
    isLong: () => false,
  };
  const writer: Pick<FileWriter, "follow"> = { follow() {} };
  const handEdits = createHandEdits({
    store,
    recent,
    dataFile: dataFile as DataFile,
    logFile: logFile as LogFile,
    writer: writer as FileWriter,
    opened: { kind: "same" },
    rescueFile: "/nowhere",
    now: () => now,
    log: () => {},
  });
  const save = (changedAt: number, text: string) => {
    const bytes = Buffer.from(text);
    found.push({ kind: "changed", bytes, hash: hashOf(bytes), changedAt });
  };

  const transaction = createTransaction(document, 1);
  transaction.put({ resource: "notes", id: "b", row: { id: "b", text: "acknowledged" } });
  store.advance({ rev: transaction.rev(), steps: transaction.steps }, transaction.changes);
  recent.written(recent.mark(), { after: now, by: now });

  // 2.9 s after the file was written, and applied 0.4 s later.
  now = 4_300;
  save(3_900, textOf({ id: "a", text: "first" }));
  await handEdits.apply();
  now = 4_600;
  save(4_100, textOf({ id: "a", text: "second" }));
  await handEdits.apply();

  const rows = [...entriesOf(store.state().document, "notes").values()].map(({ row }) => row);
  expect(rows).toEqual([
    { id: "a", text: "second" },
    { id: "b", text: "acknowledged" },
  ]);
});
