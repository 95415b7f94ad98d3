import fs from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { createLateWrites, type LateWrite } from "./late-writes.ts";
import { type Layout, layOut, layoutOf } from "./layout.ts";
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
  /** Of `bytes` when another program last wrote them. Recognised when it is needed first. */
  layout: () => Layout;
  /** When `bytes` were last read or written. */
  checkedAt: number;
}

/**
 * The data file on disk: detects every hand edit, never takes our own write for one, and replaces the
 * file as a whole. It knows bytes, not rows.
 */
export interface DataFile {
  /** Compares the file with what was last read or written, and remembers what it finds. */
  check(): FileCheck;
  /**
   * Writes the next contents, in the layout of the present ones, to a temporary file, flushed to disk. Returns what puts it in the place of the
   * data file; that does nothing and returns false when the file has an edit that no `check` has reported.
   */
  prepare(text: string): Promise<() => boolean>;
  /** The time stamp of the file as last read or written, in milliseconds since the Unix epoch. */
  modifiedAt(): number;
  /** Makes the last replacement survive a power cut. */
  flush(): Promise<void>;
  /** What other programs saved between the last check and a replacement, or wrote to a replaced file. */
  lateWrites(): LateWrite[];
  close(): void;
}

export function openDataFile(
  file: string,
  beside: string,
  /** Where the name that the file was opened by leads now. */
  resolve: () => string = () => file,
): DataFile {
  const temporary = `${beside}.tmp`;
  let known: KnownFile | null = null;
  let unreadable: string | null = null;
  const lateWrites = createLateWrites(replacedPrefix(beside));

  function mayDiffer(from: KnownFile, stat: fs.BigIntStats): boolean {
    if (stat.ino !== from.stat.ino || stat.dev !== from.stat.dev) return true;
    if (stat.size !== from.stat.size || stat.mtimeNs !== from.stat.mtimeNs) return true;
    return stat.ctimeNs !== from.stat.ctimeNs || from.checkedAt - Number(stat.mtimeMs) < racyMs;
  }

  function read(): KnownFile {
    // Opening a pipe would wait for its writer without O_NONBLOCK, which files ignore.
    const fd = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      const checkedAt = Date.now();
      const stat = fs.fstatSync(fd, { bigint: true });
      if (!stat.isFile()) throw new Error("it is not a regular file");
      const bytes = readWholeFile(fd);
      return { fd, stat, bytes, layout: once(() => layoutOf(bytes)), checkedAt };
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
      const target = resolve();
      if (target !== file) {
        throw new Error(`the link leads to ${target} now: restart the server`);
      }
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
      if (!known || resolve() !== file) return false;
      if (!mayDiffer(known, fs.statSync(file, { bigint: true }))) return true;
      const found = read();
      fs.closeSync(found.fd);
      return found.bytes.equals(known.bytes);
    } catch {
      return false; // The next `check` reports the reason.
    }
  }

  async function prepare(text: string) {
    const bytes = Buffer.from(known ? layOut(text, known.layout()) : text);
    const mode = fs.statSync(file, { throwIfNoEntry: false })?.mode ?? 0o644;
    // Never written over: after a crash it may be another name of the data file.
    fs.rmSync(temporary, { force: true });
    const handle = await open(temporary, "wx", mode & 0o777);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode & 0o777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return () => {
      // Synchronous down to the end, so that nothing else of this process comes between.
      if (!isAsKnown() || !known) return false;
      const fd = fs.openSync(temporary, "r");
      if (!exchange(lateWrites.nameFor(known.stat))) {
        fs.closeSync(fd);
        return false;
      }
      fs.closeSync(known.fd);
      const { layout } = known;
      const stat = fs.fstatSync(fd, { bigint: true });
      known = { fd, stat, bytes, layout, checkedAt: Date.now() };
      return true;
    };
  }

  /**
   * Takes the data file away, whatever it is by now, and then puts the temporary file in its place, if that
   * is still free. A rename over the file would destroy what another program renamed there since the check;
   * so each of its saves is either in the file we took or in the place, and is found. False for the latter.
   */
  function exchange(replaced: string): boolean {
    try {
      fs.renameSync(file, replaced);
    } catch (error) {
      if (isCode(error, "ENOENT")) return false; // The next `check` reports it.
      throw error;
    }
    try {
      fs.linkSync(temporary, file);
    } catch (error) {
      if (isCode(error, "EEXIST")) {
        lateWrites.watch(replaced);
        return false;
      }
      // No hard links here: as near as possible.
      if (!isCode(error, "EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP", "EMLINK")) {
        fs.renameSync(replaced, file);
        throw error;
      }
      fs.renameSync(temporary, file);
    }
    fs.rmSync(temporary, { force: true });
    lateWrites.watch(replaced);
    return true;
  }

  return {
    check,
    prepare,
    modifiedAt: () => Number(known?.stat.mtimeMs ?? 0),
    flush: () => syncFolder(path.dirname(file)),
    lateWrites: lateWrites.find,
    close() {
      forget();
      lateWrites.close();
    },
  };
}

/** Replaced files are kept under names that begin with this. */
export const replacedPrefix = (beside: string): string => `${beside}.replaced-`;

/** Whether it is an error of the system with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

function reasonOf(error: unknown): string {
  if (isCode(error, "ENOENT")) return "the file is gone: put it back";
  return `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

function once<T extends object>(compute: () => T): () => T {
  let value: T | null = null;
  return () => {
    value ??= compute();
    return value;
  };
}
