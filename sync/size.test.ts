import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { describe, expect, test } from "vitest";

const kilobyte = 1024;

const doorOf = (...names: readonly string[]) =>
  names
    .map((name) => `export * from ${JSON.stringify(`${import.meta.dirname}/${name}.ts`)};`)
    .join("\n");

async function gzippedSize(entry: string, external: RegExp): Promise<number> {
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
  const ours = /^zod|^@tanstack\//;
  const allButQueryCore = /^@tanstack\//;

  test("is at most 12 KB of our own code for a client with an HTTP log and a task of one tab", async () => {
    const client = doorOf("index", "http", "one-tab");
    expect(await gzippedSize(client, ours)).toBeLessThan(12 * kilobyte);
  });
  test("is at most 12 KB of our own code for a client of a server with validators", async () => {
    const client = doorOf("index", "validators", "one-tab");
    expect(await gzippedSize(client, ours)).toBeLessThan(12 * kilobyte);
  });
  test("is at most 11 KB of our own code", async () => {
    expect(await gzippedSize(doorOf("index"), ours)).toBeLessThan(11 * kilobyte);
  });
  test("is at most 17.5 KB with all it depends on but query-core", async () => {
    expect(await gzippedSize(doorOf("index"), allButQueryCore)).toBeLessThan(17.5 * kilobyte);
  });
  test("is at most 4 KB of our own code for a task of one tab, without query-core", async () => {
    expect(await gzippedSize(doorOf("one-tab"), /^zod/)).toBeLessThan(4 * kilobyte);
  });
  test("is at most 1 KB more of our own code with the client of an HTTP log", async () => {
    const both = await gzippedSize(doorOf("index", "http"), ours);
    expect(both - (await gzippedSize(doorOf("index"), ours))).toBeLessThan(kilobyte);
  });
  test("is at most 20 KB of our own code for the devtools, which no client loads", async () => {
    expect(await gzippedSize(doorOf("devtools/index"), ours)).toBeLessThan(20 * kilobyte);
  });
});
