import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { blocksOf } from "../blocks.ts";

/** What the recipes call a note. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  readonly version: number;
}

export const note = (id: string, done = false, title = "old"): Note => ({
  id,
  title,
  done,
  version: 0,
});

const folder = join(import.meta.dirname, "../.tandem", `${process.pid}-${threadId}`);
const doors = /"tandem-sync(\/[\w-]+)?"/g;
let loaded = 0;

/**
 * Runs the code block of that number under a heading of recipes.md, and returns what it exports. Each call runs it anew, as
 * each tab does. `prelude` is the app around it.
 */
export async function runRecipe<Exports>(
  heading: string,
  { prelude = "", block = 0 }: { prelude?: string; block?: number } = {},
): Promise<Exports> {
  const page = await readFile(join(import.meta.dirname, "../recipes.md"), "utf8");
  const section = page.split(/^##+ /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  const { language, code } =
    blocksOf(section).filter((each) => /^tsx?$/.test(each.language))[block] ?? {};
  if (code === undefined)
    throw new Error(`recipes.md has no code block ${block} under "${heading}"`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${loaded++}.${language}`);
  await writeFile(file, `${prelude}\n${code}`.replace(doors, '"#sync$1"'));
  return import(/* @vite-ignore */ file);
}

export const removeRecipes = () => rm(folder, { recursive: true, force: true });
