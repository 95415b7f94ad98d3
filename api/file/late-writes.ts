import fs from "node:fs";
import path from "node:path";
import { readWholeFile } from "./read-whole-file.ts";

/** How long a replaced file is kept, from the last write to it, for a program that still has it open for writing. */
const watchMs = 2_000;

/** The contents of a replaced file that are not what we replaced. */
export interface LateWrite {
  readonly bytes: Buffer;
  readonly changedAt: number;
  /** Not reported again after this. */
  readonly isLast: boolean;
  /** Marks it as handled: reported again only after another write. */
  done(): void;
}

/** Size and time stamp that a file had when it was last read or written. */
export interface FileMark {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/**
 * Keeps the files that we have replaced, for a while, each under a name in our folder: another program may
 * have saved the data file between our last check and its replacement, or may still have the replaced file
 * open and write to it. The name states what the file held as we knew it, so a save is found even by the
 * next server, after a crash.
 */
export interface LateWrites {
  /** The name under which the next replaced file is to be kept. */
  nameFor(mark: FileMark): string;
  /** Watches a replaced file, which has that name by now. */
  watch(name: string): void;
  find(): LateWrite[];
  close(): void;
}

interface ReplacedFile {
  name: string;
  fd: number;
  mark: FileMark;
  /** The last time stamp that was seen. */
  writtenAt: bigint;
  until: number;
}

export function createLateWrites(prefix: string): LateWrites {
  let files: ReplacedFile[] = [];
  let count = 0;

  function watch(name: string): void {
    const mark = markOf(name);
    if (!mark) return;
    const fd = fs.openSync(name, "r");
    files.push({ name, fd, mark, writtenAt: mark.mtimeNs, until: Date.now() + watchMs });
  }

  for (const name of replacedFiles(prefix)) watch(name);

  function nameFor({ size, mtimeNs }: FileMark): string {
    count += 1;
    return `${prefix}${Date.now()}-${String(count).padStart(9, "0")}-${size}-${mtimeNs}`;
  }

  /** So that the next server does not take for new what is applied by now. */
  function rename(file: ReplacedFile, mark: FileMark): void {
    const name = nameFor(mark);
    file.mark = mark;
    try {
      fs.renameSync(file.name, name);
      file.name = name;
    } catch {
      // The folder was deleted: the open file is enough for this server.
    }
  }

  return {
    nameFor,
    watch,
    find() {
      const now = Date.now();
      const found: LateWrite[] = [];
      for (const file of files) {
        const stat = fs.fstatSync(file.fd, { bigint: true });
        // Who writes a large file, or on a slow disk, may not be done yet.
        if (stat.mtimeNs !== file.writtenAt) file.until = now + watchMs;
        file.writtenAt = stat.mtimeNs;
        const isLast = now > file.until;
        // Not compared by ctime, which our own rename has changed.
        if (stat.size !== file.mark.size || stat.mtimeNs !== file.mark.mtimeNs) {
          const done = () => {
            if (isLast) remove(file);
            else rename(file, stat);
          };
          const bytes = readWholeFile(file.fd);
          found.push({ bytes, changedAt: Number(stat.mtimeMs), isLast, done });
        } else if (isLast) remove(file);
      }
      return found;
    },
    /** What was not written to is removed; the next server looks at the rest. */
    close() {
      for (const file of [...files]) {
        const stat = fs.fstatSync(file.fd, { bigint: true });
        if (stat.size === file.mark.size && stat.mtimeNs === file.mark.mtimeNs) remove(file);
        else fs.closeSync(file.fd);
      }
      files = [];
    },
  };

  function remove(file: ReplacedFile): void {
    files = files.filter((other) => other !== file);
    fs.closeSync(file.fd);
    fs.rmSync(file.name, { force: true });
  }
}

/** The replaced files that an earlier server left, oldest contents first: names tell when they were given. */
export function replacedFiles(prefix: string): string[] {
  const folder = path.dirname(prefix);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((name) => name.startsWith(prefix) && markOf(name) !== null)
    .sort((a, b) => fs.statSync(a).mtimeMs - fs.statSync(b).mtimeMs);
}

function markOf(name: string): FileMark | null {
  const [, size, mtimeNs] = /-(\d+)-(\d+)$/.exec(name) ?? [];
  if (size === undefined || mtimeNs === undefined) return null;
  return { size: BigInt(size), mtimeNs: BigInt(mtimeNs) };
}
