import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RowStore } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { takeInEdit } from "./apply-edit.ts";
import type { DataFile, Sight } from "./data-file.ts";
import type { LogFile } from "./log-file.ts";
import { findBase, mergeEdit } from "./merge-edit.ts";
import { BrokenFile, readDocument } from "./read-document.ts";
import { writeDocument } from "./write-document.ts";

/** A broken file is given this long to become whole: most are only half written. */
const settleMs = 300;
/** A file that does not come to rest at all is called broken after this. */
const patienceMs = 5_000;
/** A file saved within this time of a commit may have been read before it. */
const staleBufferMs = 500;

/** Takes edits of the data file into the store. Runs only inside the commit loop, so never beside a commit. */
export interface HandEdits {
  /** When it resolves, all that was typed until now is in the store, or the store says what is wrong. */
  takeIn(): Promise<void>;
}

export function createHandEdits(options: {
  store: RowStore;
  dataFile: DataFile<Document>;
  logFile: LogFile;
  /** Where the remains of an edit go that can neither be read nor kept. */
  rescueFile: string;
  now: () => number;
  log: (line: string) => void;
}): HandEdits {
  const { store, dataFile, logFile, rescueFile, now, log } = options;
  let pending: { sight: Exclude<Sight, { kind: "same" }>; seenAt: number; since: number } | null =
    null;
  let earlier: { document: Document; until: number }[] = [];

  store.subscribe({
    changed(_changes, before) {
      earlier = earlier.filter(({ until }) => now() - until < 4 * staleBufferMs);
      earlier.push({ document: before, until: now() });
    },
  });

  /** Adopts an edit; `false` when the file has changed again meanwhile, so that one has to look again. */
  async function adopt(
    edited: Document,
    bases: readonly Document[],
    inFile: Document,
  ): Promise<boolean> {
    const { epoch, rev, document: ours } = store.state();
    const merged = mergeEdit(findBase(edited, ours, bases), ours, edited);
    const { document, changes } = takeInEdit(ours, rev, merged);
    const text = writeDocument(document);
    if (text !== writeDocument(inFile)) {
      const prepared = await dataFile.prepare(text);
      if (!prepared.swap(inFile)) return false;
      await dataFile.settle();
    }
    const next = { rev: changes.at(-1)?.rev ?? rev, document };
    if (text !== writeDocument(ours)) {
      const all = [...store.log.all(), ...changes];
      await logFile
        .checkpoint({ epoch, ...next, changes: all, answers: store.answers.all() })
        .catch((error: unknown) => log(`the change log could not be saved: ${String(error)}`));
    }
    store.adopt(next, changes);
    // Only our commits can be unknown to an editor: a second edit may well take the first one back.
    earlier = [];
    if (changes.length > 0) log(`db edited by hand: ${changes.length} change(s)`);
    return true;
  }

  /** Somebody had the file open while we replaced it, and wrote into what had been the file. */
  async function takeInStrays(): Promise<boolean> {
    for (const stray of dataFile.strays()) {
      const edited = tryRead(stray.bytes, store.state().rev);
      if (edited instanceof BrokenFile) {
        if (!stray.expired) continue;
        fs.writeFileSync(rescueFile, stray.bytes);
        log(`an edit could not be taken in (${edited.message}); it is kept in ${rescueFile}`);
      } else if (!(await adopt(mergeStray(stray.tag, edited), [], store.state().document))) {
        return false;
      }
      stray.done();
    }
    return true;
  }

  function mergeStray(base: Document, edited: Document): Document {
    return mergeEdit(base, store.state().document, edited);
  }

  /** `true` when there is nothing left to take in. */
  async function step(): Promise<boolean> {
    const sight = dataFile.look();
    if (sight.kind !== "same") {
      pending = { sight, seenAt: now(), since: pending?.since ?? now() };
    }
    if (!pending) return takeInStrays();
    const edited = readSight(pending.sight, store.state().rev);
    if (edited instanceof BrokenFile) {
      if (now() - pending.seenAt < settleMs && now() - pending.since < patienceMs) {
        await pause(25);
        return false;
      }
      pending = null;
      log(`the data file is broken and left alone: ${edited.message}`);
      store.setFile({ broken: edited.message });
      return true;
    }
    const landedAt = pending.sight.kind === "changed" ? pending.sight.landedAt : now();
    const bases = earlier.filter(({ until }) => until >= landedAt - staleBufferMs);
    if (
      !(await adopt(
        edited,
        bases.map((base) => base.document),
        edited,
      ))
    )
      return false;
    pending = null;
    if (store.file() !== "ok") log("the data file is good again");
    store.setFile("ok");
    return false;
  }

  return {
    async takeIn() {
      while (!(await step()));
    },
  };
}

function readSight(sight: Exclude<Sight, { kind: "same" }>, version: number) {
  if (sight.kind === "unreadable") return new BrokenFile(sight.reason);
  return tryRead(sight.bytes, version);
}

function tryRead(bytes: Uint8Array, version: number): Document | BrokenFile {
  try {
    return readDocument(bytes, version);
  } catch (error) {
    if (error instanceof BrokenFile) return error;
    throw error;
  }
}
