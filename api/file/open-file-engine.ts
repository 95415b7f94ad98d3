import fs from "node:fs";
import path from "node:path";
import type { Engine } from "#api/engine/engine.ts";
import { createRowStore, type SavedState } from "#api/engine/row-store.ts";
import type { Document } from "#api/rows/document.ts";
import { createCommitBatch } from "./commit-batch.ts";
import { createCommitLoop } from "./commit-loop.ts";
import { type DataFile, openDataFile } from "./data-file.ts";
import { createHandEdits } from "./hand-edits.ts";
import { loadState } from "./load-state.ts";
import { lockDataFile } from "./lock-data-file.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { watchFile } from "./watch-file.ts";

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
export async function openFileEngine(options: FileEngineOptions): Promise<Engine> {
  const { maxChanges, now, log } = options;
  if (!fs.existsSync(options.file)) {
    throw new Error(`${options.file}: there is no such file. "npm run seed" creates db.json.`);
  }
  // Symbolic links are resolved: a rename over a link would cut it off from the file.
  const file = fs.realpathSync(options.file);
  const beside = path.join(path.dirname(file), ".tandem", path.basename(file));
  const { dataFile, logFile, state, unlock } = await open(file, beside, now).catch(
    (error: unknown) => {
      throw new Error(`${options.file}: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
  const store = createRowStore(state, { now, log, maxChanges });
  const parts = { store, dataFile, logFile, now, log };
  const loop = createCommitLoop({
    store,
    handEdits: createHandEdits({ ...parts, rescueFile: `${beside}.rescued` }),
    commitBatch: createCommitBatch(parts),
    log,
  });
  const unwatch = watchFile(file, loop.wake);
  return {
    store,
    submit: loop.submit,
    async close() {
      unwatch();
      await loop.close();
      dataFile.close();
      await logFile.close();
      unlock();
    },
  };
}

interface Opened {
  dataFile: DataFile<Document>;
  logFile: LogFile;
  state: SavedState;
  unlock: () => void;
}

async function open(file: string, beside: string, now: () => number): Promise<Opened> {
  const dataFile = openDataFile<Document>(file, `${beside}.tmp`);
  const check = dataFile.check();
  if (check.kind !== "changed") {
    throw new Error(check.kind === "unreadable" ? check.reason : "the file cannot be read");
  }
  const unlock = await lockDataFile(file);
  try {
    const logPath = `${beside}.log`;
    const logFile = openLogFile(logPath, file);
    const state = loadState({ file, bytes: check.bytes, logPath, now: now() });
    await logFile.checkpoint(state);
    return { dataFile, logFile, state, unlock };
  } catch (error) {
    unlock();
    dataFile.close();
    throw error;
  }
}
