import fs from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { syncFolder } from "#sync/server";
import { createLateWrites, type LateWrite } from "./late-writes.ts";
import { createTextHash, hashOf } from "./log-format.ts";
import { readWholeFile } from "./read-whole-file.ts";
import type { Piece } from "./splice-text.ts";

/**
 * Linux stamps files with the clock of the last tick: a file that was modified this shortly before it was
 * read may have been modified again with the same time stamp.
 */
const racyMs = 50;
/** Files above this are not read again just because they were written a moment ago: their replacement waits for that. */
const largeBytes = 1_000_000;
const chunkBytes = 1_048_576;

/** What a check of the file found, compared with what was last read or written. */
export type FileCheck =
  | { kind: "same" }
  | { kind: "unreadable"; reason: string }
  /** `changedAt`: when the file got its present contents, in milliseconds since the Unix epoch. */
  | { kind: "changed"; bytes: Buffer; hash: string; changedAt: number };

interface KnownFile {
  fd: number;
  stat: fs.BigIntStats;
  /** Of its contents. These are not kept: they are in the file. */
  hash: string;
  /** When they were last read or written. */
  checkedAt: number;
}

/** What a replaced or replacing file holds, in the words of the log. */
export interface FileMark {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** Its time stamp, in milliseconds since the Unix epoch. */
  readonly modifiedAt: number;
}

/** The next contents, on disk beside the data file. */
export interface Prepared {
  readonly hash: string;
  /**
   * Puts them in the place of the data file. Does nothing and returns false when the file has an edit that no `check`
   * has reported.
   */
  replace(): boolean;
}

/**
 * The data file on disk: detects every hand edit, never takes our own write for one, and replaces the
 * file as a whole. It knows bytes, not rows.
 */
export interface DataFile {
  /** Compares the file with what was last read or written, and remembers what it finds. */
  check(): FileCheck;
  /**
   * Writes the next contents, whose pieces are partly ranges of the present ones, to a temporary file, flushed to
   * disk. Takes turns with other work. `null` when the present contents are not, or not any more, those with `hash`.
   */
  prepare(pieces: readonly Piece[], hash: string): Promise<Prepared | null>;
  /** The file as last read or written. */
  mark(): FileMark | null;
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
  let reading: number | null = null;
  let isReleased = false;
  const lateWrites = createLateWrites(replacedPrefix(beside));

  function mayDiffer(from: KnownFile, stat: fs.BigIntStats): boolean {
    if (stat.ino !== from.stat.ino || stat.dev !== from.stat.dev) return true;
    if (stat.size !== from.stat.size || stat.mtimeNs !== from.stat.mtimeNs) return true;
    return stat.ctimeNs !== from.stat.ctimeNs || from.checkedAt - Number(stat.mtimeMs) < racyMs;
  }

  function read(): { known: KnownFile; bytes: Buffer } {
    // Opening a pipe would wait for its writer without O_NONBLOCK, which files ignore.
    const fd = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
    try {
      const checkedAt = Date.now();
      const stat = fs.fstatSync(fd, { bigint: true });
      if (!stat.isFile()) throw new Error("it is not a regular file");
      const bytes = readWholeFile(fd);
      return { known: { fd, stat, hash: hashOf(bytes), checkedAt }, bytes };
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  function forget(): void {
    if (known) release(known.fd);
    known = null;
  }

  /** A file that is being read is closed afterwards. */
  function release(fd: number): void {
    if (fd === reading) isReleased = true;
    else fs.closeSync(fd);
  }

  function check(): FileCheck {
    const before = known?.hash;
    try {
      const target = resolve();
      if (target !== file) {
        throw new Error(`the link leads to ${target} now: restart the server`);
      }
      if (known && !mayDiffer(known, fs.statSync(file, { bigint: true }))) return { kind: "same" };
      const { known: found, bytes } = read();
      forget();
      known = found;
      unreadable = null;
      if (before === found.hash) return { kind: "same" };
      const { hash, stat } = found;
      return { kind: "changed", bytes, hash, changedAt: Number(stat.ctimeMs) };
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
      const { known: found } = read();
      fs.closeSync(found.fd);
      return found.hash === known.hash;
    } catch {
      return false; // The next `check` reports the reason.
    }
  }

  async function prepare(pieces: readonly Piece[], ofHash: string): Promise<Prepared | null> {
    const from = known;
    if (from?.hash !== ofHash) return null;
    const mode = Number(from.stat.mode) & 0o777;
    let hash: string | null;
    reading = from.fd;
    try {
      // Never written over: after a crash it may be another name of the data file.
      fs.rmSync(temporary, { force: true });
      const handle = await open(temporary, "wx", mode);
      try {
        hash = await writePieces(handle, from.fd, pieces);
        await handle.chmod(mode);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } finally {
      reading = null;
      if (isReleased) fs.closeSync(from.fd);
      isReleased = false;
    }
    if (hash === null || known !== from) return null;
    // Else its next check would have to read all of it again.
    if (Number(from.stat.size) > largeBytes) await pause(racyMs);
    const next = hash;
    return { hash: next, replace: () => known === from && replace(from, next) };
  }

  /** Synchronous down to the end, so that nothing else of this process comes between. */
  function replace(from: KnownFile, hash: string): boolean {
    if (!isAsKnown()) return false;
    const fd = fs.openSync(temporary, "r");
    if (!exchange(lateWrites.nameFor(from.stat))) {
      fs.closeSync(fd);
      return false;
    }
    fs.closeSync(from.fd);
    known = { fd, stat: fs.fstatSync(fd, { bigint: true }), hash, checkedAt: Date.now() };
    return true;
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
    mark: () => known && { hash: known.hash, modifiedAt: Number(known.stat.mtimeMs) },
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

/** Writes pieces, some of which are ranges of the file `from`. Returns the hash of all of it, `null` if that was cut. */
async function writePieces(
  to: FileHandle,
  from: number,
  pieces: readonly Piece[],
): Promise<string | null> {
  const hash = createTextHash();
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let length = 0;

  async function flush(): Promise<void> {
    const bytes = chunk.subarray(0, length);
    hash.update(bytes);
    await to.writeFile(bytes);
    length = 0;
  }

  for (const piece of pieces) {
    const isText = "text" in piece;
    let at = isText ? 0 : piece.from;
    const end = isText ? piece.text.length : piece.to;
    while (at < end) {
      const room = Math.min(end - at, chunk.length - length);
      const count = isText
        ? piece.text.copy(chunk, length, at, at + room)
        : (await readAt(from, chunk, length, room, at)).bytesRead;
      if (count === 0) return null;
      at += count;
      length += count;
      if (length === chunk.length) await flush();
    }
  }
  if (length > 0) await flush();
  return hash.digest();
}

const readAt = promisify(fs.read);
