import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { root } from "../source/sources.ts";
import type { ChangedFile } from "../source/substitute.ts";

/** The code of a tab as one CommonJS text, with other texts in place of some files. */
export async function bundle(
  changed: readonly ChangedFile[],
  external: readonly string[],
): Promise<string> {
  const missing = new Map(changed.map(({ path, text }) => [join(root, path), text]));
  const result = await build({
    configFile: false,
    logLevel: "error",
    root,
    plugins: [
      {
        name: "substitute",
        load(id: string) {
          const code = missing.get(id);
          missing.delete(id);
          return code === undefined ? null : { code, map: null };
        },
        enforce: "pre",
      },
    ],
    build: {
      write: false,
      minify: false,
      target: "node20",
      rollupOptions: {
        input: fileURLToPath(new URL("realm-entry.ts", import.meta.url)),
        preserveEntrySignatures: "strict",
        external: [...external],
        output: { format: "cjs" },
      },
    },
  });
  if (missing.size > 0) throw new Error(`${[...missing.keys()].join(", ")}: no part of a tab`);
  const [output] = Array.isArray(result) ? result : [result];
  const chunk = output && "output" in output ? output.output[0] : undefined;
  if (!chunk) throw new Error("The tab's code made no bundle");
  return chunk.code;
}
