import { createHash } from "node:crypto";
import fs from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";
import path from "node:path";
import { syncFolder } from "./sync-folder.ts";

/** Where the lines of a verified file end, in bytes, and what the checksum of the next one continues. */
export interface SealedTail {
  /** The end of the first line. */
  readonly start: number;
  readonly end: number;
  readonly checksum: string;
}

/**
 * A file of JSON lines, each with a checksum that covers the one before: the first is the whole state, the others what came after.
 * Every call is flushed to disk when it resolves.
 */
export interface SealedLines {
  /** When it rejects, `replace` has to precede the next `append`. */
  append(value: unknown): Promise<void>;
  /** Replaces the file by one that has only this line. */
  replace(value: unknown): Promise<void>;
  /** `false` when the file was deleted or lacks a line: then `replace` has to precede the next `append`. */
  exists(): Promise<boolean>;
  /** Whether it has grown so much since its first line that it should be replaced. */
  isLong(): boolean;
  close(): Promise<void>;
}

/** A file is compacted when it has grown by this much, or by four times its first line. */
const maxBytes = 8_000_000;

/** Continues a file from its `tail`, without the torn text after it; or waits for `replace`. */
export async function openSealedLines(
  file: string,
  { tail, onReplace }: { tail?: SealedTail | undefined; onReplace?: () => void } = {},
): Promise<SealedLines> {
  let handle: FileHandle | null = tail ? await open(file, "r+") : null;
  await handle?.truncate(tail?.end);
  let { start, end, checksum } = tail ?? { start: 0, end: 0, checksum: "" };
  let isWhole = true;

  return {
    async append(value) {
      if (!handle) throw new Error(`${file} has no first line yet`);
      const json = JSON.stringify(value);
      const sealed = checksumOf(json, checksum);
      const line = Buffer.from(`${sealed} ${json}\n`);
      isWhole = false;
      try {
        await handle.write(line, 0, line.length, end);
        await handle.datasync();
      } catch (error) {
        // Not acknowledged, so it must not be there after a restart.
        await handle.truncate(end);
        await handle.datasync();
        isWhole = true;
        throw error;
      }
      end += line.length;
      checksum = sealed;
      isWhole = true;
    },
    async replace(value) {
      const json = JSON.stringify(value);
      const sealed = checksumOf(json, "");
      const line = `${sealed} ${json}\n`;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      const next = await open(`${file}.next`, "w");
      await next.writeFile(line);
      await next.sync();
      onReplace?.();
      await rename(`${file}.next`, file);
      await syncFolder(path.dirname(file));
      await handle?.close();
      handle = next;
      start = end = Buffer.byteLength(line);
      checksum = sealed;
      isWhole = true;
    },
    exists: async () => handle !== null && isWhole && (await handle.stat()).nlink > 0,
    isLong: () => end - start > Math.max(maxBytes, 4 * start),
    async close() {
      await handle?.close();
      handle = null;
    },
  };
}

export interface UnsealedLine {
  /** Null for what is no JSON. */
  readonly value: unknown;
  readonly sum: "right" | "wrong" | "none";
}

/** The lines of a file. Text after the last line break was torn by a crash and never acknowledged. */
export function unsealLines(text: string): { lines: readonly UnsealedLine[]; tail: SealedTail } {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const texts = whole.split("\n").slice(0, -1);
  let previous = "";
  const lines = texts.map((line): UnsealedLine => {
    const [, sum = "", json = ""] = sealedLine.exec(line) ?? [];
    if (sum === "") return { value: parse(line), sum: "none" };
    const isRight = sum === checksumOf(json, previous);
    previous = sum;
    return { value: parse(json), sum: isRight ? "right" : "wrong" };
  });
  const tail: SealedTail = {
    start: Buffer.byteLength(texts[0] ?? "") + 1,
    end: Buffer.byteLength(whole),
    checksum: texts.at(-1)?.slice(0, checksumLength) ?? "",
  };
  return { lines, tail };
}

/** In characters. */
export const checksumLength = 22;

const sealedLine = new RegExp(`^([\\w-]{${checksumLength}}) (.*)$`, "s");

/** The checksum of a line covers the checksum before it, so that a missing line is noticed as well. */
export function checksumOf(json: string, previous: string): string {
  return createHash("sha256")
    .update(`${previous}\n${json}`)
    .digest("base64url")
    .slice(0, checksumLength);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // The schema of its reader rejects it.
  }
}
