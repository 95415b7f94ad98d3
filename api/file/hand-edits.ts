import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RowStore } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { applyEdit } from "./apply-edit.ts";
import { compactLog } from "./compact-log.ts";
import type { DataFile, FileCheck } from "./data-file.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { mergeEdit, shareEntries } from "./merge-edit.ts";
import { BrokenFile } from "./parse-json-file.ts";
import { readDocument } from "./read-document.ts";
import { createRecentStates, type RecentState } from "./recent-states.ts";
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
  /** A commit is in the log and not in the data file: the next call of `apply` that finds no edit writes it there. */
  owe(): void;
}

export function createHandEdits(options: {
  store: RowStore;
  dataFile: DataFile;
  logFile: LogFile;
  /** States of an earlier run. */
  recent: readonly RecentState[];
  /** The data file as it was opened, when it differs from the store. */
  opened: FileCheck;
  /** Receives an edit that can be neither read nor left where it is. */
  rescueFile: string;
  now: () => number;
  log: (line: string) => void;
}): HandEdits {
  const { store, dataFile, logFile, rescueFile, now, log } = options;
  const states = createRecentStates({ states: options.recent, now });
  let owes = false;
  let pending: PendingEdit | null = pendingOf(options.opened, now());

  store.subscribe({
    changed(changes, moved) {
      if ("steps" in moved) states.add(undoOfSteps(moved.steps));
      else states.add(undoOf(moved.before, store.state().document, changes));
    },
  });

  /**
   * Commits an edit, merged into what the store has. False when the file has changed again and needs another
   * check. `inFile` is what the data file holds; it is left alone when that is an edit still to be applied.
   */
  async function commit(
    saved: Document,
    base: Document,
    inFile: Document | null,
  ): Promise<boolean> {
    const { rev: before, document: current } = store.state();
    const merged = mergeEdit(base, current, saved);
    const { document, changes } = applyEdit(current, before, merged, store.counts);
    const [text, savedText] = [writeDocument(document), writeDocument(saved)];
    const rev = changes.at(-1)?.rev ?? before;
    const inFileText = inFile === saved ? savedText : inFile && writeDocument(inFile);
    const replace =
      inFileText === null || inFileText === text ? null : await dataFile.prepare(text);
    // Log first, data file second: after a crash between them the log knows the saved file.
    const isLogged = await record({ rev, document: text, saved: savedText }, replace);
    if (replace) {
      let replaced = false;
      try {
        replaced = replace();
      } finally {
        if (!replaced && isLogged) await logFile.undo();
      }
      if (!replaced) return false;
      await dataFile.flush();
    }
    if (inFile) owes = false;
    store.advance({ rev, document }, changes);
    states.addSaved(saved, document, changes.length > 0);
    if (!(await logFile.exists()) || logFile.isLong()) await compactLog(options);
    if (changes.length > 0) log(`db edited by hand: ${changes.length} change(s)`);
    return true;
  }

  /** False when there was nothing to log, or it could not be: then the log is compacted before the next commit. */
  async function record(
    { rev, document, saved }: { rev: number; document: string; saved: string },
    replaces: unknown,
  ): Promise<boolean> {
    if (document === saved && document === writeDocument(store.state().document)) return false;
    const entry = {
      rev,
      hash: hashOf(document),
      at: now(),
      document,
      ...(replaces !== null && { over: dataFile.modifiedAt() }),
      ...(saved !== document && { saved }),
    };
    try {
      await logFile.append(entry);
      return true;
    } catch (error) {
      log(`the change log could not be saved: ${String(error)}`);
      return false;
    }
  }

  /**
   * Commits what was saved to replaced files, up to the time of the pending edit. False when the data file
   * needs another check.
   */
  async function applyLateWrites(): Promise<boolean> {
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
        const base = states.baseOf(saved, current, changedAt);
        if (!base) rescue(bytes, "it was saved too long ago");
        else if (!(await commit(saved, base, check ? null : current))) return false;
      }
      done();
    }
    return true;
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
    const changedAt = check.kind === "changed" ? check.changedAt : now();
    const saved = shareEntries(edited, current);
    const base = states.baseOf(saved, current, changedAt) ?? current;
    if (!(await commit(saved, base, saved))) return false;
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
    }
    const isUpToDate = await applyLateWrites();
    if (pending) return applyPending(pending);
    return isUpToDate && payBack();
  }

  /** Writes what only the log has. False when the data file needs another check. */
  async function payBack(): Promise<boolean> {
    if (!owes || store.file() !== "ok") return true;
    const replace = await dataFile.prepare(writeDocument(store.state().document));
    owes = !replace();
    if (!owes) await dataFile.flush();
    return !owes;
  }

  return {
    async apply() {
      while (!(await step()));
    },
    owe() {
      owes = true;
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
