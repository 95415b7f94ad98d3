import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Below this a response fits into one packet anyway. */
const minBytes = 1_024;

export interface Budgets {
  /** Bytes with brotli of all code and styles that the page loads first, without the font in the styles. */
  readonly first: number;
  /** Bytes with brotli of the code and styles that are loaded later: the files called `parts-…` and `ui-parts-…`. */
  readonly later?: number;
}

/**
 * Writes a `.br` and a `.gz` beside each text file of a build, for the server to send as they are. The build fails
 * when it is larger than a budget.
 */
export function precompress({ first, later = 0 }: Budgets): Plugin {
  return {
    name: "precompress",
    apply: "build",
    writeBundle: {
      // What other plugins write is compressed as well.
      order: "post",
      sequential: true,
      handler({ dir }) {
        if (dir === undefined) return;
        const sizes = precompressFolder(dir);
        this.info(`with brotli: ${sizes.first} bytes first, ${sizes.later} later`);
        if (sizes.first > first || sizes.later > later) {
          this.error(
            `${dir}: ${sizes.first} bytes first and ${sizes.later} later, and the budgets are ${first} and ${later} (vite.config.ts)`,
          );
        }
      },
    },
  };
}

/** Returns the bytes with brotli, as the budgets count them. */
export function precompressFolder(folder: string): Required<Budgets> {
  const sizes = { first: 0, later: 0 };
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const file = join(folder, name);
    if (!/\.(js|css|html|json|svg|map)$/.test(name) || statSync(file).size < minBytes) continue;
    const text = readFileSync(file);
    const brotli = brotliOf(text);
    writeFileSync(`${file}.br`, brotli);
    writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
    const part = /(^|\/)(ui-)?parts-/.test(name) ? "later" : "first";
    if (name.endsWith(".js")) sizes[part] += brotli.length;
    if (name.endsWith(".css")) sizes[part] += brotliOf(withoutFonts(text)).length;
  }
  return sizes;
}

function brotliOf(text: Buffer): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
}

function withoutFonts(css: Buffer): Buffer {
  return Buffer.from(css.toString().replaceAll(/url\("?data:font[^)]*\)/g, "url()"));
}
