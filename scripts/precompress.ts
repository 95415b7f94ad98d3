import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Below this a response fits into one packet anyway. */
const minBytes = 1_024;

/**
 * Writes a `.br` and a `.gz` beside each text file of a build, for the server to send as they are. The build fails
 * when its code is larger than `maxCode`, in bytes with brotli.
 */
export function precompress({ maxCode }: { maxCode: number }): Plugin {
  return {
    name: "precompress",
    apply: "build",
    writeBundle: {
      // What other plugins write is compressed as well.
      order: "post",
      sequential: true,
      handler({ dir }) {
        if (dir === undefined) return;
        const code = precompressFolder(dir);
        if (code > maxCode) {
          this.error(
            `${dir}: ${code} bytes of code, and the budget is ${maxCode} (vite.config.ts)`,
          );
        }
      },
    },
  };
}

/** Returns the bytes of all code that is worth compressing, with brotli. */
export function precompressFolder(folder: string): number {
  let code = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!/\.(js|css|html|json|svg|map)$/.test(name) || statSync(file).size < minBytes) continue;
    const text = readFileSync(file);
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
    const brotli = brotliCompressSync(text, { params: size });
    writeFileSync(`${file}.br`, brotli);
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
    if (name.endsWith(".js")) code += brotli.length;
  }
  return code;
}
