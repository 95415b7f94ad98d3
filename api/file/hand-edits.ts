import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RowStore } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { applyEdit } from "./apply-edit.ts";
import type { DataFile, FileCheck } from "./data-file.ts";
import type { FileWriter } from "./file-writer.ts";
import type { LogFile } from "./log-file.ts";
import { mergeEdit, shareEntries } from "./merge-edit.ts";
import { BrokenFile } from "./parse-json-file.ts";
import { readDocument } from "./read-document.ts";
import type { RecentStates } from "./recent-states.ts";
import { undoOf, undoOfSteps } from "./state-diff.ts";
import { writeDocument } from "./write-document.ts";

/** A broken file has this long to become valid: most are only half written. */
const settleMs = 300;
/** A file that keeps changing is reported as broken after this. */
const maxSettleMs = 5_000;

interface PendingEdit {
  check: Exclude<FileCheck, { kind: "same" }>;
  /** When this check was made, and when the first of a series of checks that all found a change. */
  seenAt: number;
  since: number;
}

/** Applies edits of the data file to the store. Runs only inside the commit loop, never beside a commit. */
export interface HandEdits {
  /**
   * Resolves when an edit that was found is in the store, or the file is reported as broken. A later one waits for
   * the next call: a program that keeps saving must not starve writes. No write replaces an edit unseen.
   */
  apply(): Promise<void>;
}

export function createHandEdits(options: {
  store: RowStore;
  dataFile: DataFile;
  logFile: LogFile;
  writer: FileWriter;
  /** Begun by an earlier run. */
  recent: RecentStates;
  /** The data file as it was opened, when it differs from the store. */
  opened: FileCheck;
  /** Receives an edit that can be neither read nor left where it is. */
  rescueFile: string;
  now: () => number;
  log: (line: string) => void;
}): HandEdits {
  const { store, dataFile, logFile, writer, recent, rescueFile, now, log } = options;
  let pending: PendingEdit | null = pendingOf(options.opened, now());

  store.subscribe({
    changed(_changes, moved) {
      if ("steps" in moved) recent.add(undoOfSteps(moved.steps), now());
    },
  });

  /**
   * Commits an edit, merged into what the store has. `file` is the data file, where that has the edit; else it was
   * saved to one that had been replaced. The time of the edit is that of the save, however late it is applied: the next
   * save of the same buffer may have come since, and was made from this one.
   */
  async function commit(
    saved: Document,
    base: Document,
    file: { bytes: Buffer; hash: string; changedAt: number; read: Document } | null,
  ): Promise<void> {
    const { rev: before, document: current } = store.state();
    const merged = mergeEdit(base, current, saved);
    const { document, changes } = applyEdit(current, before, merged, store.counts);
    const rev = changes.at(-1)?.rev ?? before;
    const [text, savedText] = [writeDocument(document), writeDocument(saved)];
    const isNew = text !== savedText || text !== writeDocument(current) || !recent.isInFile();
    const at = Math.min(now(), file?.changedAt ?? Number.POSITIVE_INFINITY);
    if (isNew) {
      const entry = { rev, at, document: text, ...(file && { inFile: file.hash }) };
      await logFile
        .append({ ...entry, ...(text !== savedText && { saved: savedText }) })
        .catch((error: unknown) => log(`the change log could not be saved: ${String(error)}`));
      store.advance({ rev, document, at }, changes);
      recent.add(undoOf(current, document, changes), at);
    }
    recent.addSaved(saved, document, {
      changed: changes.length > 0,
      isInFile: file !== null,
      at,
    });
    if (file) writer.follow(file, saved);
    else writer.replaced(current, document);
    if (!(await logFile.exists()) || logFile.isLong(now())) {
      // The edit is in the file. The next write tries again.
      await writer.renewLog().catch((error: unknown) => log(`the change log: ${String(error)}`));
    }
    if (changes.length > 0) log(`db edited by hand: ${changes.length} change(s)`);
  }

  /** Commits what was saved to replaced files, up to the time of the pending edit. */
  async function applyLateWrites(): Promise<void> {
    const check = pending?.check;
    for (const { bytes, changedAt, isLast, done } of dataFile.lateWrites()) {
      if (check?.kind === "changed" && changedAt > check.changedAt) continue;
      const { document: current, rev } = store.state();
      const edited = tryRead(bytes, rev);
      if (edited instanceof BrokenFile) {
        if (!isLast) continue;
        rescue(bytes, edited.message);
      } else {
        const saved = shareEntries(edited, current);
        const base = recent.baseOf(saved, current, changedAt);
        if (base) await commit(saved, base, null);
        else rescue(bytes, "it was saved too long ago");
      }
      done();
    }
  }

  function rescue(bytes: Buffer, reason: string): void {
    let name = rescueFile;
    for (let n = 2; fs.existsSync(name); n += 1) name = `${rescueFile}-${n}`;
    fs.writeFileSync(name, bytes);
    log(`an edit could not be applied (${reason}) and is saved as ${name}`);
  }

  /** Whether there is nothing to wait for any more. */
  async function applyPending({ check, seenAt, since }: PendingEdit): Promise<boolean> {
    const { document: current, rev } = store.state();
    const edited =
      check.kind === "unreadable" ? new BrokenFile(check.reason) : tryRead(check.bytes, rev);
    if (edited instanceof BrokenFile) {
      if (now() - seenAt < settleMs && now() - since < maxSettleMs) {
        await pause(25);
        return false;
      }
      pending = null;
      log(`the data file is broken and stays untouched: ${edited.message}`);
      store.setFile({ broken: edited.message });
      return true;
    }
    if (check.kind !== "changed") return true;
    const saved = shareEntries(edited, current);
    const base = recent.baseOf(saved, current, check.changedAt) ?? current;
    await commit(saved, base, { ...check, read: edited });
    pending = null;
    if (store.file() !== "ok") log("the data file is valid again");
    store.setFile("ok");
    return true;
  }

  /** Applies the next edit. True when none is left. */
  async function step(): Promise<boolean> {
    const check = dataFile.check();
    if (check.kind !== "same") {
      pending = { check, seenAt: now(), since: pending?.since ?? now() };
      recent.saving(check.kind === "changed" ? Math.min(now(), check.changedAt) : now());
    }
    await applyLateWrites();
    return pending === null || applyPending(pending);
  }

  return {
    async apply() {
      while (!(await step()));
    },
  };
}

function pendingOf(check: FileCheck, now: number): PendingEdit | null {
  return check.kind === "same" ? null : { check, seenAt: now, since: now };
}

function tryRead(bytes: Uint8Array, version: number): Document | BrokenFile {
  try {
    return readDocument(bytes, version);
  } catch (error) {
    if (error instanceof BrokenFile) return error;
    throw error;
  }
}
