import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** A code block of the recipe, and the file that the step above it names. */
interface Block {
  readonly language: string;
  readonly path: string;
  readonly code: string;
}

const root = join(import.meta.dirname, "..");
const [recipe = ""] = sectionsOf(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"), "## ").filter(
  (section) => section.startsWith("Add an entity\n"),
);
const [entity = "", ...more] = sectionsOf(recipe, "### ");
const write = more.find((section) => section.startsWith("One optimistic write")) ?? "";

describe("the recipe for an entity, carried out in a copy of this repository", () => {
  const copy = mkdtempSync(join(tmpdir(), "tandem-recipe-"));

  beforeAll(() => {
    for (const file of trackedFiles()) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      copyFileSync(join(root, file), join(copy, file));
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
    for (const block of blocksOf(recipe).filter(isOfFile)) apply(copy, block);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("costs five files, and an optimistic write on it at most four more", () => {
    expect(sourcesOf(entity).length).toBe(5);
    const others = sourcesOf(write).filter((path) => !sourcesOf(entity).includes(path));
    expect(others.length).toBeLessThanOrEqual(4);
  });

  const commands = blocksOf(recipe)
    .filter(({ language }) => language === "sh")
    .flatMap(({ code }) => code.trim().split("\n"));

  test.each(commands)("%s passes", { timeout: 600_000 }, (command) => {
    // Vitest within Vitest would take the outer run's environment for its own.
    const outer = Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST"));
    const [program = "", ...args] = command.split(" ");
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: copy,
      env: Object.fromEntries(outer),
      encoding: "utf8",
    });
    expect(status, stdout + stderr).toBe(0);
  });

  test("has its types, its lint and its own tests run", () => {
    expect(commands.map((command) => command.split(" ")[1])).toEqual(["tsc", "biome", "vitest"]);
  });
});

function trackedFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", args, { cwd: root, encoding: "utf8" }).split("\0");
  return files.filter((file) => file && existsSync(join(root, file)));
}

function sectionsOf(markdown: string, heading: "## " | "### "): string[] {
  return markdown.split(new RegExp(`^${heading}`, "m"));
}

function blocksOf(section: string): Block[] {
  const blocks: Block[] = [];
  let path = "";
  for (const [, step, indent = "", language = "", code = ""] of section.matchAll(
    /^(?:\d+\.|-) `([^`]+)`|^( *)```(\w+)\n(.*?)^\2```$/gms,
  )) {
    if (step) path = step;
    else blocks.push({ language, path, code: code.replaceAll(new RegExp(`^${indent}`, "gm"), "") });
  }
  return blocks;
}

function isOfFile({ language }: Block): boolean {
  return ["ts", "tsx", "css", "diff"].includes(language);
}

/** The files of a section, less its tests. */
function sourcesOf(section: string): string[] {
  const paths = blocksOf(section)
    .filter(isOfFile)
    .map(({ path }) => path);
  return [...new Set(paths)].filter((path) => !path.includes(".test."));
}

function apply(copy: string, { language, path, code }: Block): void {
  const file = join(copy, path);
  if (language !== "diff") {
    if (existsSync(file)) throw new Error(`${path} exists: the recipe needs a diff`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return;
  }
  let text = readFileSync(file, "utf8");
  for (const hunk of code.split(/^@@.*\n/m)) {
    const lines = hunk.trimEnd().split("\n");
    const linesOf = (other: string) =>
      lines
        .filter((line) => line[0] !== other)
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    const before = linesOf("+");
    const places = text.split(before).length - 1;
    if (places !== 1) throw new Error(`${path} has these lines ${places} times:\n${before}`);
    text = text.replace(before, () => linesOf("-"));
  }
  writeFileSync(file, text);
}
