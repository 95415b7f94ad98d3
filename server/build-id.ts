import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Milliseconds for which what was read from the disk is believed. */
const fresh = 2_000;

export interface BuildId {
  /** Of what is on the disk now. Null where nothing is. */
  read(): string | null;
  /** The same, up to two seconds old: for every response. */
  recent(): string | null;
}

/**
 * The id of a build: the names of its files, which hold a hash of their content, and the content of those
 * without one. Two builds of the same sources have the same id, and so have two servers with the same files.
 */
export function createBuildId(folders: readonly string[], now = () => performance.now()): BuildId {
  let id: string | null = null;
  let readAt = Number.NEGATIVE_INFINITY;

  function read(): string | null {
    readAt = now();
    try {
      id = hashOf(folders);
    } catch (error) {
      // Missing, as in the middle of a build: what was served last is what pages were made of.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    return id;
  }

  return { read, recent: () => (now() - readAt < fresh ? id : read()) };
}

function hashOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const name of filesOf(folder)) {
      hash.update(`${name}\n`);
      if (!isHashed(name)) hash.update(readFileSync(join(folder, name)));
    }
  return hash.digest("base64url").slice(0, 12);
}

/** Names in an `assets/` contain a hash of the content. */
export function isHashed(name: string): boolean {
  return /(^|\/)assets\//.test(name);
}

/** The files of a build that pages ask for, with slashes. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((name) => !name.startsWith("."))
    .sort();
}
