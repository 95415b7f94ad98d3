import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RowStore } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { applyEdit } from "./apply-edit.ts";
import type { DataFile, FileCheck } from "./data-file.ts";
import type { LogFile } from "./log-file.ts";
import { findBase, mergeEdit } from "./merge-edit.ts";
import { BrokenFile } from "./parse-json-file.ts";
import { readDocument } from "./read-document.ts";
import { writeDocument } from "./write-document.ts";

/** A broken file has this long to become valid: most are only half written. */
const settleMs = 300;
/** A file that keeps changing is reported as broken after this. */
const maxSettleMs = 5_000;
/** A file saved this soon after a commit may come from an editor that had read it before. */
const staleBufferMs = 500;

interface PendingEdit {
  check: Exclude<FileCheck, { kind: "same" }>;
  /** When this check was made, and when the first of a series of checks that all found a change. */
  seenAt: number;
  since: number;
}

/** Applies edits of the data file to the store. Runs only inside the commit loop, never beside a commit. */
export interface HandEdits {
  /** Resolves when every edit saved so far is in the store, or the file is reported as broken. */
  apply(): Promise<void>;
}

export function createHandEdits(options: {
  store: RowStore;
  dataFile: DataFile<Document>;
  logFile: LogFile;
  /** Receives an edit that can be neither read nor left where it is. */
  rescueFile: string;
  now: () => number;
  log: (line: string) => void;
}): HandEdits {
  const { store, dataFile, logFile, rescueFile, now, log } = options;
  let pending: PendingEdit | null = null;
  /** States that an editor may still show, with the time until which each was the present one. */
  let earlier: { document: Document; until: number }[] = [];

  store.subscribe({
    changed(_changes, before) {
      earlier = earlier.filter(({ until }) => now() - until < 4 * staleBufferMs);
      earlier.push({ document: before, until: now() });
    },
  });

  /** Commits a merged edit over `inFile`. False when the file has changed again and needs another check. */
  async function commit(merged: Document, inFile: Document): Promise<boolean> {
    const { epoch, rev, document: current } = store.state();
    const { document, changes } = applyEdit(current, rev, merged);
    const text = writeDocument(document);
    if (text !== writeDocument(inFile)) {
      const replace = await dataFile.prepare(text);
      if (!replace(inFile)) return false;
      await dataFile.flush();
    }
    const next = { rev: changes.at(-1)?.rev ?? rev, document };
    if (text !== writeDocument(current)) {
      const all = [...store.log.all(), ...changes];
      await logFile
        .checkpoint({ epoch, ...next, changes: all, answers: store.answers.all() })
        .catch((error: unknown) => log(`the change log could not be saved: ${String(error)}`));
    }
    store.advance(next, changes);
    // Editors may lag behind our commits, not behind hand edits: a second edit may undo the first one.
    earlier = [];
    if (changes.length > 0) log(`db edited by hand: ${changes.length} change(s)`);
    return true;
  }

  /** Commits what was written to a replaced file. False when the data file needs another check. */
  async function applyLateWrites(): Promise<boolean> {
    for (const { bytes, base, isLast, done } of dataFile.lateWrites()) {
      const { document: current, rev } = store.state();
      const edited = tryRead(bytes, rev);
      if (edited instanceof BrokenFile) {
        if (!isLast) continue;
        fs.writeFileSync(rescueFile, bytes);
        log(`an edit could not be applied (${edited.message}) and is saved as ${rescueFile}`);
      } else if (!(await commit(mergeEdit(base, current, edited), current))) {
        return false;
      }
      done();
    }
    return true;
  }

  /** False when the data file needs another check. */
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
    const bases = earlier
      .filter(({ until }) => until >= changedAt - staleBufferMs)
      .map(({ document }) => document);
    const merged = mergeEdit(findBase(edited, current, bases), current, edited);
    if (!(await commit(merged, edited))) return false;
    pending = null;
    if (store.file() !== "ok") log("the data file is valid again");
    store.setFile("ok");
    return false;
  }

  /** Applies the next edit. True when none is left. */
  async function step(): Promise<boolean> {
    const check = dataFile.check();
    if (check.kind !== "same") {
      pending = { check, seenAt: now(), since: pending?.since ?? now() };
    }
    return pending ? applyPending(pending) : applyLateWrites();
  }

  return {
    async apply() {
      while (!(await step()));
    },
  };
}

function tryRead(bytes: Uint8Array, version: number): Document | BrokenFile {
  try {
    return readDocument(bytes, version);
  } catch (error) {
    if (error instanceof BrokenFile) return error;
    throw error;
  }
}
