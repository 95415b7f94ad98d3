import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { npmInstall, type PackedSync, packSync, runIn } from "./packed-sync.ts";
import { reactQueryVersions } from "./versions.ts";

const root = join(import.meta.dirname, "..");
let packed: PackedSync;
beforeAll(async () => {
  packed = await packSync();
});
afterAll(() => rm(packed.folder, { recursive: true, force: true }));

const compilerOptions = {
  module: "nodenext",
  target: "es2022",
  lib: ["es2022", "dom"],
  jsx: "react-jsx",
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
};

test.each(reactQueryVersions)(
  "React Query %s with React %s: types, two tabs, and the door for React",
  async (query, react) => {
    const app = join(packed.folder, `react-query-${query}`);
    await mkdir(app);
    await cp(join(root, "sync/fixtures/react-query.tsx"), join(app, "app.tsx"));
    await writeFile(join(app, "package.json"), JSON.stringify({ type: "module", private: true }));
    await writeFile(
      join(app, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: ["*.tsx"] }),
    );
    const packages = ["react", "react-dom", "@types/react", "@types/react-dom"].map(
      (name) => `${name}@${react}`,
    );
    await npmInstall(app, packed.tarball, `@tanstack/react-query@${query}`, ...packages);
    await runIn(app, process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."]);
    const { stdout } = await runIn(app, process.execPath, [
      "--import",
      join(root, "node_modules/tsx/dist/loader.mjs"),
      "app.tsx",
    ]);
    expect(stdout.trim()).toBe("new, <p>live</p>");
  },
);
