import fs from "node:fs";
import { readAll } from "./read-all.ts";

/** How long a replaced file is watched for somebody who still had it open for writing. */
const strayMs = 2_000;

/** A file we replaced, to which something was written after we had looked. */
export interface Stray<T> {
  readonly bytes: Buffer;
  /** What its owner passed to `add`. */
  readonly tag: T;
  /** It is the last time that it is told. */
  readonly expired: boolean;
  /** It is taken in: tell it again only when it is written to again. */
  done(): void;
}

/**
 * A rename leaves the old file to those who have it open, and what they write then is seen by nobody.
 * So we keep it open too, for a while.
 */
export interface ReplacedFiles<T> {
  /** Takes over the descriptor. */
  add(fd: number, stat: fs.BigIntStats, tag: T): void;
  strays(): Stray<T>[];
  close(): void;
}

export function createReplacedFiles<T>(): ReplacedFiles<T> {
  let files: { fd: number; stat: fs.BigIntStats; tag: T; until: number }[] = [];
  return {
    add(fd, stat, tag) {
      files.push({ fd, stat, tag, until: Date.now() + strayMs });
    },
    strays() {
      const now = Date.now();
      const found: Stray<T>[] = [];
      for (const file of files) {
        const stat = fs.fstatSync(file.fd, { bigint: true });
        const expired = now > file.until;
        // Our rename changed its ctime and nothing else.
        if (stat.size !== file.stat.size || stat.mtimeNs !== file.stat.mtimeNs) {
          const done = () => Object.assign(file, { stat });
          found.push({ bytes: readAll(file.fd), tag: file.tag, expired, done });
        }
        if (expired) fs.closeSync(file.fd);
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
