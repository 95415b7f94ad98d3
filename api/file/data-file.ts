import fs from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { createLateWrites, type LateWrite } from "./late-writes.ts";
import { readWholeFile } from "./read-whole-file.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * Linux stamps files with the clock of the last tick: a file that was modified this shortly before it was
 * read may have been modified again with the same time stamp.
 */
const racyMs = 50;

/** What a check of the file found, compared with what was last read or written. */
export type FileCheck =
  | { kind: "same" }
  | { kind: "unreadable"; reason: string }
  /** `changedAt`: when the file got its present contents, in milliseconds since the Unix epoch. */
  | { kind: "changed"; bytes: Buffer; changedAt: number };

interface KnownFile {
  fd: number;
  stat: fs.BigIntStats;
  bytes: Buffer;
  /** When `bytes` were last read or written. */
  checkedAt: number;
}

/**
 * The data file on disk: detects every hand edit, never takes our own write for one, and replaces the
 * file as a whole. It knows bytes, not rows.
 */
export interface DataFile<T> {
  /** Compares the file with what was last read or written, and remembers what it finds. */
  check(): FileCheck;
  /**
   * Writes the next contents to a temporary file, flushed to disk. Returns what renames it over the data
   * file; that does nothing and returns false when the file has an edit that no `check` has reported.
   * `base` is what the present file holds.
   */
  prepare(text: string): Promise<(base: T) => boolean>;
  /** Makes the last replacement survive a power cut. */
  flush(): Promise<void>;
  /** What other programs wrote to files after these were replaced. */
  lateWrites(): LateWrite<T>[];
  close(): void;
}

export function openDataFile<T>(file: string, temporary: string): DataFile<T> {
  let known: KnownFile | null = null;
  let unreadable: string | null = null;
  const lateWrites = createLateWrites<T>();

  function mayDiffer(from: KnownFile, stat: fs.BigIntStats): boolean {
    if (stat.ino !== from.stat.ino || stat.dev !== from.stat.dev) return true;
    if (stat.size !== from.stat.size || stat.mtimeNs !== from.stat.mtimeNs) return true;
    return stat.ctimeNs !== from.stat.ctimeNs || from.checkedAt - Number(stat.mtimeMs) < racyMs;
  }

  function read(): KnownFile {
    const fd = fs.openSync(file, "r");
    try {
      const checkedAt = Date.now();
      return { fd, stat: fs.fstatSync(fd, { bigint: true }), bytes: readWholeFile(fd), checkedAt };
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  function forget(): void {
    if (known) fs.closeSync(known.fd);
    known = null;
  }

  function check(): FileCheck {
    const before = known?.bytes;
    try {
      if (known && !mayDiffer(known, fs.statSync(file, { bigint: true }))) return { kind: "same" };
      const found = read();
      forget();
      known = found;
      unreadable = null;
      if (before?.equals(found.bytes)) return { kind: "same" };
      return { kind: "changed", bytes: found.bytes, changedAt: Number(found.stat.ctimeMs) };
    } catch (error) {
      forget();
      const reason = reasonOf(error);
      if (unreadable === reason) return { kind: "same" };
      unreadable = reason;
      return { kind: "unreadable", reason };
    }
  }

  /** Like `check`, but leaves an edit to be reported by the next `check`. */
  function isAsKnown(): boolean {
    try {
      if (!known) return false;
      if (!mayDiffer(known, fs.statSync(file, { bigint: true }))) return true;
      const found = read();
      fs.closeSync(found.fd);
      return found.bytes.equals(known.bytes);
    } catch {
      return false; // The next `check` reports the reason.
    }
  }

  async function prepare(text: string) {
    const bytes = Buffer.from(text);
    const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode ?? 0o644;
    const handle = await open(temporary, "w+", mode & 0o777);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode & 0o777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return (base: T) => {
      const fd = fs.openSync(temporary, "r");
      // Synchronous down to the rename, so that nothing else of this process comes between.
      if (!isAsKnown()) {
        fs.closeSync(fd);
        return false;
      }
      fs.renameSync(temporary, file);
      if (known) lateWrites.watch(known.fd, known.stat, base);
      const stat = fs.fstatSync(fd, { bigint: true });
      known = { fd, stat, bytes, checkedAt: Date.now() };
      return true;
    };
  }

  return {
    check,
    prepare,
    flush: () => syncFolder(path.dirname(file)),
    lateWrites: lateWrites.find,
    close() {
      forget();
      lateWrites.close();
    },
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "the file is gone: put it back";
  return `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
