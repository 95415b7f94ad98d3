import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chromium, expect as expectPage } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findHeadlessShell } from "../../e2e/support/find-browser.ts";
import { startServer } from "../../examples/testing/start.ts";
import { type PackedSync, packSync, quickly, runIn } from "../../scripts/packed-sync.ts";
import { type Block, blocksOf } from "./blocks.ts";

const root = join(import.meta.dirname, "../..");
const patient = expectPage.configure({ timeout: 60_000 });
let packed: PackedSync;
let app: string;
const pages = new Map<string, readonly Block[]>();

const run = (command: string, args: readonly string[]) => runIn(app, command, args);
const typeCheck = () => run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]);

async function write(file: string, text: string) {
  await mkdir(dirname(join(app, file)), { recursive: true });
  await writeFile(join(app, file), text);
}

/** The commands of a page's shell blocks, with the tarball in place of the published package. */
function commandsOf(page: string): readonly string[] {
  const shell = pages.get(page)?.filter(({ language }) => language === "sh") ?? [];
  return shell
    .flatMap(({ code }) => code.trim().split("\n"))
    .map((line) => line.replace(/\btandem-sync\b/, packed.tarball));
}

beforeAll(async () => {
  for (const name of await readdir(import.meta.dirname))
    if (name.endsWith(".md"))
      pages.set(name, blocksOf(await readFile(join(import.meta.dirname, name), "utf8")));
  pages.set("README.md", blocksOf(await readFile(join(root, "sync/README.md"), "utf8")));

  packed = await packSync();
  app = join(packed.folder, "my-app");
  for (const { file, code } of pages.get("index.md") ?? []) if (file) await write(file, code);
  await mkdir(app, { recursive: true });
  const installs = commandsOf("index.md").filter((line) => line.startsWith("npm "));
  for (const line of installs) {
    const how = line.includes("install") ? quickly : [];
    await run("npm", [...line.split(" ").slice(1), ...how]);
  }
  const { compilerOptions } = JSON.parse(
    await readFile(join(root, "examples/json-server/tsconfig.json"), "utf8"),
  );
  // Blocks that run on a server, and the test of a rule, which is run below.
  for (const name of ["vitest", "@types/node", "@types/express", "pg", "@types/pg"])
    await symlink(join(root, "node_modules", name), join(app, "node_modules", name));
  Object.assign(compilerOptions, { types: ["node"], skipLibCheck: true });
  const tsconfig = { compilerOptions, include: ["src", "blocks"] };
  await write("tsconfig.json", JSON.stringify(tsconfig));
}, 600_000);
afterAll(() => rm(packed.folder, { recursive: true, force: true }));

describe("the guide", { timeout: 600_000 }, () => {
  test("makes an app of two tabs in step from an empty folder", async () => {
    await typeCheck();
    const [build = "", serve = ""] = commandsOf("index.md").filter((line) => /^npx /.test(line));
    await run("npx", build.split(" ").slice(1));
    const [, , ...args] = serve.split(" ");
    const server = await startServer(
      (port) => ["node_modules/json-server/lib/cli/bin.js", ...args.slice(0, -1), `${port}`],
      app,
    );
    const executablePath = findHeadlessShell();
    const browser = await chromium.launch({
      args: ["--no-sandbox"],
      ...(executablePath && { executablePath }),
    });
    const context = await browser.newContext();
    const [a, b] = [await context.newPage(), await context.newPage()];
    for (const page of [a, b]) await page.goto(server.url);
    const noteIn = (page: typeof a) => page.getByRole("textbox", { name: "Note 1" });
    for (const page of [a, b]) await patient(noteIn(page)).toHaveValue("Buy milk");
    const reads: string[] = [];
    b.on("request", (request) => reads.push(request.url()));
    await noteIn(a).fill("Buy bread");
    await noteIn(a).press("Tab");
    await patient(noteIn(b)).toHaveValue("Buy bread");
    expect(reads).toEqual([]);
    await browser.close();
    await server.stop();
  });

  test("has no block that does not fit the packed package", async () => {
    await write(
      "blocks/context.d.ts",
      await readFile(join(import.meta.dirname, "context.d.ts"), "utf8"),
    );
    const checked = [...pages].flatMap(([page, blocks]) =>
      blocks
        .filter(({ language, file }) => /^tsx?$/.test(language) && !file)
        .map((block, at) => ({ ...block, name: `${page.replace(".md", "")}-${at}` })),
    );
    expect(checked.length).toBeGreaterThan(15);
    for (const { name, language, code } of checked)
      await write(
        `blocks/${name}.${/vitest/.test(code) ? "test." : ""}${language}`,
        `${code}\nexport {};\n`,
      );
    await typeCheck();
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { stdout } = await run(process.execPath, [
      vitest,
      "run",
      "--root",
      app,
      "--reporter=json",
    ]);
    const { numPassedTests, numTotalTests } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    expect([numPassedTests, numTotalTests]).toEqual([1, 1]);
  });

  test("says of a rule that is forgotten which it is", async () => {
    const code = `
      import { createSync } from "tandem-sync";
      createSync<"note" | "notes">({
        name: "my-app",
        queryClient,
        effects: { note: { effect: () => "stale" } },
      });`;
    await write("blocks/forgotten.ts", code);
    await expect(typeCheck()).rejects.toThrow(/Property 'notes' is missing/);
    await rm(join(app, "blocks/forgotten.ts"));
  });

  test("has a server that tells its log", async () => {
    const server = pages.get("recipes.md")?.find(({ file }) => file === "server.mjs");
    await write("server.mjs", server?.code ?? "");
    const { url, stop } = await startServer((port) => ["server.mjs", `${port}`], app);
    const read = async (path: string, init?: RequestInit) => {
      const response = await fetch(url + path, init);
      return { at: response.headers.get("Tandem-Revision"), body: await response.json() };
    };
    const before = await read("/api/notes/1");
    const stream = await fetch(`${url}/api/changes?since=${before.at}`, {
      headers: { Accept: "text/event-stream" },
    });
    await read("/api/notes/1", {
      method: "PATCH",
      headers: { "Tandem-Origin": "tab" },
      body: JSON.stringify({ title: "Buy bread" }),
    });
    const { at, body } = await read(`/api/changes?since=${before.at}`);
    expect(body).toMatchObject({
      head: 1,
      changes: [{ rev: 1, origin: "tab", row: { title: "Buy bread" } }],
    });
    expect(at).toBe(`${body.epoch}.1`);
    expect((await fetch(`${url}/api/changes?since=other.0`)).status).toBe(410);
    let told = "";
    for await (const chunk of stream.body ?? []) {
      told += new TextDecoder().decode(chunk);
      if (told.includes("Buy bread")) break;
    }
    expect([...told.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)).toEqual([
      ...["hello", "changes", "changes"],
    ]);
    await stop();
  });

  test("is a site whose links lead somewhere", async () => {
    const site = join(packed.folder, "site");
    const eleventy = join(root, "node_modules/@11ty/eleventy/cmd.cjs");
    const config = "--config=docs/guide/eleventy.config.js";
    await runIn(root, process.execPath, [eleventy, config, `--output=${site}`, "--quiet"]);
    const html = new Map<string, string>();
    for (const name of await readdir(site))
      if (name.endsWith(".html")) html.set(name, await readFile(join(site, name), "utf8"));
    expect([...html.keys()].toSorted()).toEqual(
      ["alternatives", "conformance", "guarantees", "index", "recipes", "reference"].map(
        (name) => `${name}.html`,
      ),
    );
    for (const [name, text] of html)
      for (const [, target = "", anchor] of text.matchAll(
        /href="([\w-]*\.html)?(?:#([\w-]+))?"/g,
      )) {
        const page = html.get(target || name);
        expect(page, `${name}: ${target}`).toBeDefined();
        if (anchor) expect(page, `${name}: ${target}#${anchor}`).toContain(`id="${anchor}"`);
      }
  });
});
