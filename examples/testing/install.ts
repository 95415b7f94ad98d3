import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

export interface PackedSync {
  /** Of the run; the examples are installed in it. */
  readonly folder: string;
  readonly tarball: string;
}

/** Packs `tandem-sync` as it would be published. */
export async function packSync(): Promise<PackedSync> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-examples-"));
  await run("npm", ["pack", "--pack-destination", folder], { cwd: join(root, "sync") });
  const [name = ""] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  return { folder, tarball: join(folder, name) };
}

/** Installs an example in a folder of its own, with the tarball in place of the published package. */
export async function installExample(name: string, { folder, tarball }: PackedSync) {
  const app = join(folder, name);
  await cp(join(root, "examples", name), app, { recursive: true });
  const file = join(app, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.dependencies["tandem-sync"] = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: app });
  return app;
}
