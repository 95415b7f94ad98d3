import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { describe, expect, test } from "vitest";

const kilobyte = 1024;

/** Everything a tab takes from here but the React door. */
const entry = ["channel", "create-sync", "lifecycle", "visibility"]
  .map((name) => `export * from ${JSON.stringify(`${import.meta.dirname}/${name}.ts`)};`)
  .join("\n");

async function gzippedSize(external: RegExp): Promise<number> {
  const result = (await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "virtual:entry" ? id : null),
        load: (id) => (id === "virtual:entry" ? entry : null),
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: {
        input: "virtual:entry",
        external,
        preserveEntrySignatures: "strict",
      },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk] = result.output;
  if (chunk?.type !== "chunk") throw new Error("the build made no chunk");
  return gzipSync(chunk.code, { level: 9 }).length;
}

describe("what the protocol costs to load, gzipped", () => {
  test("is at most 6 KB of our own code", async () => {
    expect(await gzippedSize(/^zod|^@tanstack\//)).toBeLessThan(6 * kilobyte);
  });
  test("is at most 12 KB with all it depends on but query-core", async () => {
    expect(await gzippedSize(/^@tanstack\//)).toBeLessThan(12 * kilobyte);
  });
});
