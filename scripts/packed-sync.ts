import { execFile } from "node:child_process";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface PackedSync {
  /** Of the run: apps are installed in it. */
  readonly folder: string;
  readonly tarball: string;
}

/** Packs `tandem-sync` as it would be published. */
export async function packSync(): Promise<PackedSync> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-sync-"));
  const sync = join(import.meta.dirname, "../sync");
  await runIn(sync, "npm", ["pack", "--pack-destination", folder]);
  const [name = ""] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  return { folder, tarball: join(folder, name) };
}

/** Rejects with what the program printed. */
export function runIn(folder: string, command: string, args: readonly string[]) {
  return promisify(execFile)(command, args, { cwd: folder }).catch(({ stdout, stderr }) => {
    throw new Error(`${stdout}${stderr}`);
  });
}

/** Options of `npm install` that spare the network. */
export const quickly = ["--prefer-offline", "--no-audit", "--no-fund"] as const;

/** Installs packages in an app, or what its package.json names. */
export async function npmInstall(folder: string, ...packages: readonly string[]): Promise<void> {
  await runIn(folder, "npm", ["install", ...quickly, ...packages]);
}
