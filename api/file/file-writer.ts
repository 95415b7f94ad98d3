import { type Document, entriesOf } from "#api/rows/document.ts";
import { builtInResources } from "#api/rows/resources.ts";
import type { RowStep } from "#api/writes/transaction.ts";
import { compactLog, type StoredParts } from "./compact-log.ts";
import type { Prepared } from "./data-file.ts";
import { createPendingChanges, type Pending } from "./pending-changes.ts";
import { isRewritten } from "./read-document.ts";
import type { StateMark } from "./recent-states.ts";
import { type Piece, spliceText } from "./splice-text.ts";
import { mapText, type TextMap } from "./text-map.ts";
import { writeDocument } from "./write-document.ts";

/** From a commit to the moment when the file begins to be written. */
const restMs = 100;
/** After the file was written it is left alone for this many times as long, so that a large one does not keep the disk busy. */
const restFactor = 2;
/** After the disk refused it. */
const retryMs = 1_000;

/**
 * Brings the data file up to date behind the log, from which all of it can be made again. The next contents are
 * prepared beside the commits, and put in the place of the file in a turn of the commit loop.
 */
export interface FileWriter {
  /**
   * The data file holds `inFile`, and is to hold the document of the store. `read` is the same as it was read, where
   * `inFile` shares rows with the store.
   */
  follow(file: { bytes: Uint8Array; hash: string; read: Document }, inFile: Document): void;
  /** Another document took the place of the one that the file is to hold. */
  replaced(before: Document, after: Document): void;
  /** Puts contents that are prepared in the place of the file. Runs only inside the commit loop. */
  finish(): Promise<void>;
  /** Writes at once what is not in the file yet. Runs only while no commit does. False when that did not succeed. */
  flush(): Promise<boolean>;
  /** Begins the log anew. Runs only inside the commit loop. Rejects when the disk refuses it: then nothing may be acknowledged. */
  renewLog(): Promise<void>;
  close(): Promise<void>;
}

/** What is on its way into the file. */
interface Taken {
  pending: Pending;
  mark: StateMark;
}

interface Ready {
  taken: Taken;
  prepared: Prepared;
  map: TextMap | null;
}

export interface FileWriterOptions extends StoredParts {
  log: (line: string) => void;
  /** Starts a turn of the commit loop soon. */
  wake: () => void;
}

export function createFileWriter(options: FileWriterOptions): FileWriter {
  const { store, dataFile, logFile, recent, now, log, wake } = options;
  const pending = createPendingChanges();
  /** Of the contents with this hash. */
  let map: TextMap | null = null;
  let mappedHash = "";
  /** Something is pending that no later commit has to come for. */
  let isDue = false;
  let taken: Taken | null = null;
  /** Lines in the log since `taken` was. */
  let behind = 0;
  let ready: Ready | null = null;
  let preparing: Promise<void> | null = null;
  let flushing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let restUntil = 0;
  let lastFailure = "";
  let isClosed = false;

  store.subscribe({
    changed(_changes, moved) {
      behind += 1;
      if (!("steps" in moved)) return;
      pending.add(moved.steps);
      setDue();
    },
  });

  function setDue(): void {
    isDue = true;
    if (timer || preparing || ready || isClosed) return;
    const rest = Math.max(restMs, restUntil - performance.now());
    timer = setTimeout(() => {
      timer = undefined;
      void prepare();
    }, rest);
    timer.unref();
  }

  function prepare(): Promise<void> {
    preparing ??= prepareNext().finally(() => {
      preparing = null;
      if (ready) wake();
      else if (isDue) setDue();
    });
    return preparing;
  }

  async function prepareNext(): Promise<void> {
    if (!isDue || ready || store.file() !== "ok") return;
    const startedAt = performance.now();
    const { document } = store.state();
    const of: Taken = { pending: pending.take(), mark: recent.mark() };
    taken = of;
    isDue = false;
    behind = 0;
    try {
      const next = map ? spliceText(map, of.pending, document) : writeAnew(document);
      const prepared = await dataFile.prepare(next.pieces, mappedHash);
      if (prepared) ready = { taken: of, prepared, map: next.map };
      else giveUp(of);
    } catch (error) {
      giveUp(of, error);
    }
    const now = performance.now();
    restUntil = Math.max(restUntil, now + restFactor * (now - startedAt));
  }

  /** Without an error the file was saved by hand, which the next turn of the loop finds. */
  function giveUp(of: Taken, error?: unknown): void {
    if (of !== taken) return;
    taken = null;
    pending.giveBack(of.pending);
    isDue = true;
    if (error === undefined) return;
    restUntil = performance.now() + retryMs;
    const reason = error instanceof Error ? error.message : String(error);
    if (reason !== lastFailure) log(`the data file is behind, and cannot be written: ${reason}`);
    lastFailure = reason;
  }

  async function finish(): Promise<void> {
    const next = ready;
    ready = null;
    if (next && next.taken === taken) await put(next);
    if (isDue) setDue();
  }

  async function put(next: Ready): Promise<void> {
    let isReplaced = false;
    let after = 0;
    try {
      await flushing;
      const [over, written] = [dataFile.mark() ?? undefined, next.prepared.hash];
      // Log first, data file second: after a crash the log tells what the file holds.
      await logFile.append({ at: now(), written, behind, over });
      after = now();
      isReplaced = store.file() === "ok" && next.prepared.replace();
      if (!isReplaced) giveUp(next.taken);
    } catch (error) {
      giveUp(next.taken, error);
    }
    if (!isReplaced) return wake();
    taken = null;
    map = next.map;
    mappedHash = next.prepared.hash;
    lastFailure = "";
    recent.written(next.taken.mark, { after, by: now() });
    // The file is replaced already and this cannot be undone, so a failure is only logged.
    flushing = dataFile.flush().catch((error: unknown) => log(`fsync: ${String(error)}`));
    if (logFile.isLong(now())) {
      await compactLog(options).catch((error: unknown) =>
        log(`the log cannot be compacted: ${String(error)}`),
      );
    }
  }

  return {
    follow({ bytes, hash, read }, inFile) {
      const { document } = store.state();
      taken = null;
      map = mapText(bytes, inFile);
      mappedHash = hash;
      pending.take();
      pending.addDifference(inFile, document);
      const isBehind = !pending.isEmpty();
      pending.add(rewrittenRows(read, document));
      isDue = false;
      if (isBehind) setDue();
    },
    replaced(before, after) {
      pending.addDifference(before, after);
      if (!pending.isEmpty()) setDue();
    },
    finish,
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      await preparing;
      if (!ready) await prepare();
      await finish();
      return !isDue;
    },
    async renewLog() {
      // What is on its way counts lines of the former log.
      if (taken) giveUp(taken);
      if (isDue) setDue();
      await compactLog(options);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await preparing;
      await flushing;
    },
  };
}

/** For a file whose text is not understood, as where a name is given twice. */
function writeAnew(document: Document): { pieces: readonly Piece[]; map: TextMap | null } {
  const text = Buffer.from(writeDocument(document));
  return { pieces: [{ text }], map: mapText(text, document) };
}

/** The rows that are written otherwise than they were read. */
function rewrittenRows(read: Document, document: Document): RowStep[] {
  return builtInResources.flatMap((resource) =>
    Array.from(entriesOf(read, resource)).flatMap(([id, { row }]) => {
      const entry = isRewritten(row) ? entriesOf(document, resource).get(id) : undefined;
      return entry ? [{ resource, id, before: entry, after: entry }] : [];
    }),
  );
}
