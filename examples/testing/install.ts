import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npmInstall, type PackedSync } from "../../scripts/packed-sync.ts";

const root = join(import.meta.dirname, "../..");

/** Installs an example in a folder of its own, with the tarball in place of the published package. */
export async function installExample(name: string, { folder, tarball }: PackedSync) {
  const app = join(folder, name);
  await cp(join(root, "examples", name), app, { recursive: true });
  const file = join(app, "package.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  manifest.dependencies["tandem-sync"] = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  await npmInstall(app);
  return app;
}
