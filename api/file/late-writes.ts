import fs from "node:fs";
import { readWholeFile } from "./read-whole-file.ts";

/** How long a replaced file is watched for a program that still has it open for writing. */
const watchMs = 2_000;

/** The contents of a replaced file that was written to after its last check. */
export interface LateWrite<T> {
  readonly bytes: Buffer;
  /** What the file held when it was replaced, as passed to `watch`. */
  readonly base: T;
  /** Not reported again after this. */
  readonly isLast: boolean;
  /** Marks it as handled: reported again only after another write. */
  done(): void;
}

/**
 * Finds writes to files that we have replaced. A rename leaves the old file to the programs that have it
 * open, and what they write there is in no folder any more; so we keep it open too, for a while.
 */
export interface LateWrites<T> {
  /** Takes over the descriptor of a replaced file. */
  watch(fd: number, stat: fs.BigIntStats, base: T): void;
  find(): LateWrite<T>[];
  close(): void;
}

export function createLateWrites<T>(): LateWrites<T> {
  let files: { fd: number; stat: fs.BigIntStats; base: T; until: number }[] = [];
  return {
    watch(fd, stat, base) {
      files.push({ fd, stat, base, until: Date.now() + watchMs });
    },
    find() {
      const now = Date.now();
      const found: LateWrite<T>[] = [];
      for (const file of files) {
        const stat = fs.fstatSync(file.fd, { bigint: true });
        const isLast = now > file.until;
        // Not compared by ctime, which our own rename has changed.
        if (stat.size !== file.stat.size || stat.mtimeNs !== file.stat.mtimeNs) {
          const done = () => Object.assign(file, { stat });
          found.push({ bytes: readWholeFile(file.fd), base: file.base, isLast, done });
        }
        if (isLast) fs.closeSync(file.fd);
      }
      files = files.filter((file) => now <= file.until);
      return found;
    },
    close() {
      for (const file of files) fs.closeSync(file.fd);
      files = [];
    },
  };
}
