import { execFile } from "node:child_process";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { npmInstall, packSync } from "../scripts/packed-sync.ts";

const here = import.meta.dirname;
const run = promisify(execFile);
let folder: string;
let tarball: string;

beforeAll(async () => {
  ({ folder, tarball } = await packSync());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the packed tarball", () => {
  test("has the build, the protocol page and the licence, and no source or test", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    const files = stdout.trim().split("\n");
    expect(files).toEqual(expect.arrayContaining(["package/README.md", "package/LICENSE"]));
    const others = files.filter(
      (file) => !/^package\/dist\/([a-z]+\/){0,2}[\w-]+\.(js|d\.ts)$/.test(file),
    );
    expect(others.toSorted()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "package.json"].map((file) => `package/${file}`),
    );
    expect(files.filter((file) => /\.test\.|fixture/.test(file))).toEqual([]);
  });

  test("depends on a schema library, and on nothing else", async () => {
    const { dependencies } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(["zod"]);
  });

  test("leaves publint nothing to say", async () => {
    const { buffer } = new Uint8Array(await readFile(tarball));
    const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages).toEqual([]);
  });

  test("resolves with its types in every way that ES modules are imported", async () => {
    const attw = join(here, "../node_modules/@arethetypeswrong/cli/dist/index.js");
    // It exits with 1 when it finds a problem.
    const finding = run(process.execPath, [attw, tarball, "--profile", "esm-only", "--quiet"]);
    await expect(finding).resolves.toBeDefined();
  });
});

describe("installed in an empty folder, it keeps two tabs in sync", () => {
  let app: string;

  beforeAll(async () => {
    app = join(folder, "app");
    await cp(join(here, "fixtures"), app, { recursive: true });
    await writeFile(join(app, "package.json"), JSON.stringify({ type: "module", private: true }));
    await npmInstall(app, tarball, "@tanstack/query-core@5");
  });

  const start = async (script: string) => {
    const { stdout } = await run(process.execPath, ["--experimental-eventsource", script], {
      cwd: app,
      timeout: 30_000,
    });
    return stdout.trim();
  };

  test("with types that name a rule that is forgotten, of kinds that are given or registered", async () => {
    const tsc = join(here, "../node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"];
    const say = (file: string) =>
      run(process.execPath, [tsc, ...flags, "--target", "es2022", file], { cwd: app }).then(
        () => "",
        ({ stdout }: { stdout: string }) => stdout,
      );
    const [given, registered] = await Promise.all([say("kinds.ts"), say("registered-kinds.ts")]);
    expect(given).toMatch(/Property 'notes' is missing/);
    expect(registered).toMatch(/Property 'notes' is missing/);
    expect(`${given}${registered}`.match(/error/g)).toHaveLength(2);
  });

  test("over any REST API, without a server of its own", async () => {
    expect(await start("tabs-only.mjs")).toBe("new, live, 4 reads");
  });

  test("over a small server with a change log, by catch-up and stream", async () => {
    expect(await start("with-server.mjs")).toBe("from outside, live, 2 reads");
  });
});
