import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "#api/engine/engine.ts";
import { createRowStore } from "#api/engine/row-store.ts";
import { onlyWorkspace, type Workspaces } from "#api/engine/workspaces.ts";
import type { Document } from "#api/rows/document.ts";
import { lockFile } from "#sync/server";
import { followHistory } from "./account-history.ts";
import { checkServable } from "./check-servable.ts";
import { createCommitBatch } from "./commit-batch.ts";
import { createCommitLoop } from "./commit-loop.ts";
import {
  type DataFile,
  type FileCheck,
  isCode,
  openDataFile,
  replacedPrefix,
} from "./data-file.ts";
import { createFileWriter } from "./file-writer.ts";
import { createHandEdits } from "./hand-edits.ts";
import { replacedFiles } from "./late-writes.ts";
import { type LoadedState, loadState } from "./load-state.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { shareEntries } from "./merge-edit.ts";
import { createPendingChanges } from "./pending-changes.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import { openSignInFile } from "./sign-in-file.ts";
import { joinPieces, spliceText } from "./splice-text.ts";
import { mapText } from "./text-map.ts";
import { watchFile } from "./watch-file.ts";
import { writeDocument } from "./write-document.ts";

/** A file of this size takes about half a second to read. */
const slowBytes = 5_000_000;

export interface FileEngineOptions {
  file: string;
  maxChanges: number;
  now: () => number;
  log: (line: string) => void;
}

/**
 * The engine that stores rows in a JSON file which is edited by hand as well. Rejects with an `Error`
 * whose message states in one line why the file cannot be served.
 */
export async function openFileEngine(options: FileEngineOptions): Promise<Workspaces> {
  const { maxChanges, now, log } = options;
  await putBack(options.file);
  if (!fs.existsSync(options.file)) {
    throw new Error(`${options.file}: there is no such file. "npm run seed" creates db.json.`);
  }
  // Symbolic links are resolved: a rename over a link would cut it off from the file.
  const file = fs.realpathSync(options.file);
  const beside = besideOf(file);
  const { dataFile, logFile, loaded, opened, unlock } = await openLocked(
    file,
    beside,
    options,
  ).catch((error: unknown) => {
    throw new Error(`${options.file}: ${error instanceof Error ? error.message : String(error)}`);
  });
  const store = createRowStore(loaded.state, { now, log, maxChanges });
  const history = followHistory(store, loaded.state.history);
  const { recent } = loaded;
  const parts = { store, history, dataFile, logFile, recent, now, log };
  let wake = () => {};
  const writer = createFileWriter({ ...parts, wake: () => wake() });
  async function release(): Promise<void> {
    await writer.close();
    dataFile.close();
    await logFile.close();
    unlock();
  }
  const isEdited = loaded.file === "edited";
  if (!isEdited) writer.follow(opened, shareEntries(opened.read, store.state().document));
  const handEdits = createHandEdits({
    ...parts,
    writer,
    opened: isEdited ? opened : { kind: "same" },
    rescueFile: `${beside}.rescued`,
  });
  try {
    await handEdits.apply();
    await writer.flush();
  } catch (error) {
    await release();
    throw new Error(`${options.file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const commitBatch = createCommitBatch({ ...parts, renewLog: writer.renewLog });
  const loop = createCommitLoop({ store, handEdits, writer, commitBatch, log });
  wake = loop.wake;
  const unwatch = watchFile(file, loop.wake);
  const engine: Engine = {
    store,
    relay: null,
    submit: loop.submit,
    // Reads are of the last commit, whatever is wrong with the file.
    behind: () => null,
    load: () => ({ queued: loop.queued(), lag: 0 }),
    readHistory: async (...asked) => history.of(...asked),
    async close() {
      unwatch();
      await loop.close();
      await release();
    },
  };
  return onlyWorkspace(engine, async () => openSignInFile(`${beside}.sign-in.json`));
}

type OpenedFile = Extract<FileCheck, { kind: "changed" }> & {
  /** What it holds. */
  readonly read: Document;
};

/** The file may be half saved just now: a broken one has a moment to become valid. */
async function settled(dataFile: DataFile): Promise<OpenedFile> {
  let last = dataFile.check();
  let reason = "the file cannot be read";
  for (let tries = 0; tries < 12; tries += 1) {
    try {
      if (last.kind === "changed") return { ...last, read: readDocument(last.bytes, 0) };
      if (last.kind === "unreadable") reason = last.reason;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await pause(25);
    const next = dataFile.check();
    if (next.kind !== "same") last = next;
  }
  throw new Error(reason);
}

/**
 * After a crash in the middle of a replacement the data file has no name, and the replaced one is beside it.
 * The log then has the rows, and the replaced file the layout.
 */
async function putBack(named: string): Promise<void> {
  if (fs.existsSync(named)) return;
  // A server that runs puts the next file there in no time.
  await pause(50);
  const isLink = fs.lstatSync(named, { throwIfNoEntry: false })?.isSymbolicLink();
  const target = isLink
    ? path.resolve(path.dirname(named), fs.readlinkSync(named))
    : path.resolve(named);
  if (fs.existsSync(target) || !fs.existsSync(path.dirname(target))) return;
  const file = path.join(fs.realpathSync(path.dirname(target)), path.basename(target));
  const beside = besideOf(file);
  const replaced = replacedFiles(replacedPrefix(beside)).at(-1);
  if (replaced === undefined) return;
  const { newest } = readLog(`${beside}.log`, file);
  const bytes = fs.readFileSync(replaced);
  const next = newest ? rewrite(bytes, newest.document) : bytes;
  fs.writeFileSync(`${beside}.tmp`, next, { mode: fs.statSync(replaced).mode & 0o777 });
  try {
    fs.linkSync(`${beside}.tmp`, file);
  } catch (error) {
    // It was saved a moment ago.
    if (!isCode(error, "EEXIST")) throw error;
  }
}

/** A document in the layout of a file that held another one. */
function rewrite(bytes: Buffer, document: Document): Buffer {
  try {
    const inFile = shareEntries(readDocument(bytes, 0), document);
    const map = mapText(bytes, inFile);
    const pending = createPendingChanges();
    pending.addDifference(inFile, document);
    if (map) return joinPieces(spliceText(map, pending.take(), document).pieces, bytes);
  } catch {
    // It was half saved.
  }
  return Buffer.from(writeDocument(document));
}

/** Where the log, the lock and replaced files of a data file are. */
const besideOf = (file: string) => path.join(path.dirname(file), ".tandem", path.basename(file));

interface Opened {
  dataFile: DataFile;
  logFile: LogFile;
  loaded: LoadedState;
  opened: OpenedFile;
  unlock: () => void;
}

async function openLocked(
  file: string,
  beside: string,
  options: FileEngineOptions,
): Promise<Opened> {
  const { now, log } = options;
  const unlock = await lockFile(file, beside, log);
  // A crash in the middle of a replacement may leave the data file with this name as well.
  fs.rmSync(`${beside}.tmp`, { force: true });
  let dataFile: DataFile | undefined;
  try {
    checkServable(file);
    dataFile = openDataFile(file, beside, () => fs.realpathSync(options.file));
    const { size } = fs.statSync(file);
    if (size > slowBytes)
      log(`${options.file} has ${Math.round(size / 1e6)} MB: it is read and checked …`);
    const opened = await settled(dataFile);
    const logPath = `${beside}.log`;
    const mark = dataFile.mark() ?? { hash: opened.hash, modifiedAt: 0 };
    const loaded = loadState({ ...options, file, read: opened.read, mark, logPath });
    const logFile = await openLogFile(logPath, file, loaded);
    const isHeld = loaded.file === "known" && loaded.recent.isInFile();
    const held = isHeld ? { hash: opened.hash } : null;
    if (!loaded.tail) await logFile.checkpoint(loaded.state, now(), held);
    return { dataFile, logFile, loaded, opened, unlock };
  } catch (error) {
    unlock();
    dataFile?.close();
    throw error;
  }
}
