import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What a reader has to read: neither rows, nor what npm and compilers are told, nor a page about it. */
const isOwn = (file: string) =>
  !/\.json$|\.md$|^vite\.config\.js$|^(node_modules|dist)\b/.test(file);

test.each(["json-server", "express-postgres", "vue"])(
  "%s has at most 150 lines of its own",
  (example) => {
    const folder = join(import.meta.dirname, example);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
      .filter(isOwn);
    expect(files.length).toBeGreaterThan(2);
    const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    expect(text.match(/^.*\S.*$/gm)?.length).toBeLessThanOrEqual(150);
  },
);
