import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/*
 * biome.json says which folder may import which by their aliases. This test resolves each import to its
 * file, so that no relative path and no new folder gets past those rules.
 */

/** From the bottom up: a file imports from its own folder of this list, and from lines above it. */
const layers = [
  ["sync/wire", "sync/platform"],
  ["sync/core"],
  ["sync/cache"],
  ["sync/peers"],
  ["sync/log"],
  ["sync", "ui"],
  ["contract", "sync/server", "sync/devtools"],
  ["api", "host/shared", "tab-app/src/data/tabs", "tab-app/src/data/server"],
  [
    "server",
    "wall-board",
    "host/panes",
    "host/inspector",
    "host/frame",
    "tab-app/src/data/queries",
  ],
  ["host/shell", "tab-app/src/data/storage"],
  ["tab-app/src/data/outbox"],
  ["tab-app/src/data/session"],
  ["tab-app/src/data/hooks"],
  ["tab-app/src/shared"],
  ["tab-app/src/features"],
  ["tab-app/src/app"],
];
const maxFiles = 40;

const root = join(import.meta.dirname, "..");
const skipped = new Set(["node_modules", "dist", "test-results", "playwright-report"]);
const files = listFiles("");
const sources = files.filter((file) => /\.tsx?$/.test(file));
const aliases: Record<string, string> = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
).imports;
const imports = new Map(sources.map((file) => [file, importsOf(file)]));

test("no file imports itself through others", () => {
  expect(findCycles(imports)).toEqual([]);
});

test("no folder imports itself through others", () => {
  const folders = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    if (isTest(file)) continue;
    const from = folders.get(dirname(file)) ?? new Set();
    folders.set(dirname(file), from);
    for (const target of targets)
      if (!isNested(dirname(file), dirname(target))) from.add(dirname(target));
  }
  expect(findCycles(folders)).toEqual([]);
});

test("imports run down the layers", () => {
  const upward = [...imports].flatMap(([file, targets]) => {
    const own = layerOf(file);
    if (!own || isTest(file)) return [];
    return [...targets]
      .filter((target) => {
        const layer = layerOf(target);
        return !layer || (layer.folder !== own.folder && layer.level >= own.level);
      })
      .map((target) => `${file} imports ${target}`);
  });
  expect(upward).toEqual([]);
});

test("no feature imports another", () => {
  const featureOf = (file: string) => /^tab-app\/src\/features\/([^/]+)\//.exec(file)?.[1];
  const crossing = [...imports].flatMap(([file, targets]) =>
    [...targets]
      .filter((target) => featureOf(file) && featureOf(target))
      .filter((target) => featureOf(target) !== featureOf(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(crossing).toEqual([]);
});

test(`no folder has more than ${maxFiles} files`, () => {
  const counts = new Map<string, number>();
  // Decisions are only ever added.
  const counted = files.filter((file) => dirname(file) !== "docs/decisions");
  for (const file of counted) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > maxFiles)).toEqual([]);
});

/** Paths from the root, without dot files. */
function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/** The files of ours that a file imports, types included. */
function importsOf(file: string): Set<string> {
  const text = readFileSync(join(root, file), "utf8");
  const targets = [...text.matchAll(/\b(?:from|import)\s*\(?\s*"([#.][^"]+)"/g)].flatMap(
    ([, name = ""]) => resolveImport(file, name) ?? [],
  );
  return new Set(targets.filter((target) => /\.tsx?$/.test(target)));
}

function resolveImport(file: string, name: string): string | undefined {
  if (name.startsWith(".")) return join(dirname(file), name);
  for (const [alias, target] of Object.entries(aliases)) {
    const prefix = alias.replace(/\*$/, "");
    if (name === alias) return join(target);
    if (prefix !== alias && name.startsWith(prefix))
      return join(target.replace("*", name.slice(prefix.length)));
  }
}

/** A folder and the folders in it are one room. */
function isNested(a: string, b: string): boolean {
  return `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(file);
}

function layerOf(file: string): { folder: string; level: number } | undefined {
  for (const [level, folders] of layers.entries()) {
    const folder = folders.find((each) => file.startsWith(`${each}/`));
    if (folder) return { folder, level };
  }
}

/** Each cycle once, as the path from one of its nodes back to it. */
function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  function visit(node: string) {
    if (finished.has(node)) return;
    const at = path.indexOf(node);
    if (at >= 0) {
      cycles.push([...path.slice(at), node].join(" -> "));
      return;
    }
    path.push(node);
    for (const next of graph.get(node) ?? []) visit(next);
    path.pop();
    finished.add(node);
  }
  for (const node of graph.keys()) visit(node);
  return cycles;
}
