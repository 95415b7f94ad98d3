import fs from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { readAll } from "./read-all.ts";
import { createReplacedFiles, type Stray } from "./replaced-files.ts";
import { syncFolder } from "./sync-folder.ts";

/** Linux stamps files with the clock of the last tick: within this, a stat cannot prove that nothing changed. */
const racyMs = 50;

export type Sight =
  | { kind: "same" }
  | { kind: "unreadable"; reason: string }
  /** `landedAt`: when the file came to be as it is, in milliseconds since 1970. */
  | { kind: "changed"; bytes: Buffer; landedAt: number };

interface Known {
  fd: number;
  stat: fs.BigIntStats;
  bytes: Buffer;
  /** When `bytes` were last read or written. */
  checkedAt: number;
}

/**
 * The data file on disk: sees every hand edit, never takes our own write for one, and replaces the
 * file as a whole. It knows bytes, not rows.
 */
export interface DataFile<T> {
  /** Compares the file with what was last seen or written, and takes note of what it finds. */
  look(): Sight;
  /** Writes the next contents beside the file, on disk for certain. `swap` puts them in its place. */
  prepare(text: string): Promise<{ swap(tag: T): boolean; discard(): void }>;
  /** Makes the last `swap` survive a power cut. */
  settle(): Promise<void>;
  strays(): Stray<T>[];
  close(): void;
}

export function openDataFile<T>(file: string, temporary: string): DataFile<T> {
  let known: Known | null = null;
  let unreadable: string | null = null;
  const replaced = createReplacedFiles<T>();

  function hasChanged(was: Known, stat: fs.BigIntStats): boolean {
    if (stat.ino !== was.stat.ino || stat.dev !== was.stat.dev) return true;
    if (stat.size !== was.stat.size || stat.mtimeNs !== was.stat.mtimeNs) return true;
    return stat.ctimeNs !== was.stat.ctimeNs || was.checkedAt - Number(stat.mtimeMs) < racyMs;
  }

  function read(): Known {
    const fd = fs.openSync(file, "r");
    try {
      const checkedAt = Date.now();
      return { fd, stat: fs.fstatSync(fd, { bigint: true }), bytes: readAll(fd), checkedAt };
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  function forget(): void {
    if (known) fs.closeSync(known.fd);
    known = null;
  }

  function look(): Sight {
    const before = known?.bytes;
    try {
      if (known && !hasChanged(known, fs.statSync(file, { bigint: true }))) return { kind: "same" };
      const found = read();
      forget();
      known = found;
      unreadable = null;
      if (before?.equals(found.bytes)) return { kind: "same" };
      return { kind: "changed", bytes: found.bytes, landedAt: Number(found.stat.ctimeMs) };
    } catch (error) {
      forget();
      const reason = reasonOf(error);
      if (unreadable === reason) return { kind: "same" };
      unreadable = reason;
      return { kind: "unreadable", reason };
    }
  }

  /** Like `look`, but leaves what it finds to the next `look`. */
  function isAsKnown(): boolean {
    try {
      if (!known) return false;
      if (!hasChanged(known, fs.statSync(file, { bigint: true }))) return true;
      const found = read();
      fs.closeSync(found.fd);
      return found.bytes.equals(known.bytes);
    } catch {
      return false; // The next `look` says why.
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
    return {
      swap(tag: T) {
        const fd = fs.openSync(temporary, "r");
        // Nothing of ours runs between this look and the rename.
        if (!isAsKnown()) {
          fs.closeSync(fd);
          return false;
        }
        fs.renameSync(temporary, file);
        if (known) replaced.add(known.fd, known.stat, tag);
        const stat = fs.fstatSync(fd, { bigint: true });
        known = { fd, stat, bytes, checkedAt: Date.now() };
        return true;
      },
      discard: () => fs.rmSync(temporary, { force: true }),
    };
  }

  return {
    look,
    prepare,
    settle: () => syncFolder(path.dirname(file)),
    strays: replaced.strays,
    close() {
      forget();
      replaced.close();
    },
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "the file is gone: put it back";
  return `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
