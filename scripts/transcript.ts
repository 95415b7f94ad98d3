import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { blocksOf } from "../docs/guide/blocks.ts";
import { followGuide, lookInTwoTabs } from "../docs/guide/testing/follow.ts";
import { findHeadlessShell } from "../e2e/support/find-browser.ts";
import { packSync } from "./packed-sync.ts";

/**
 * `npm run transcript` follows the guide's ten minutes from an empty folder and an empty cache of npm, with nothing but
 * the page and the package's tarball, and writes docs/guide/transcript.md.
 */

const guide = join(import.meta.dirname, "../docs/guide");
const blocks = blocksOf(await readFile(join(guide, "index.md"), "utf8"));
const packed = await packSync();
const folder = join(packed.folder, "my-notes");
await mkdir(folder);

const lines: string[] = [];
let begun = Date.now();
const say = (step: string) => {
  const seconds = Math.round((Date.now() - begun) / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  lines.push(`${time}  ${step}`);
  console.log(lines.at(-1));
};

const executablePath = findHeadlessShell();
const browser = await chromium.launch({
  args: ["--no-sandbox"],
  ...(executablePath && { executablePath }),
});
begun = Date.now();
const { url, stop } = await followGuide({
  blocks,
  folder,
  port: 3000,
  commandFor: (line) => line.replace(/\btandem-sync\b/, packed.tarball),
  env: { ...process.env, npm_config_cache: join(packed.folder, "npm-cache") },
  onStep: say,
});
const { requests, ms } = await lookInTwoTabs(browser, url);
say(`opened ${url} in two tabs; renamed "Buy milk" to "Buy bread" in one`);
say(
  `the other shows "Buy bread", within ${ms} ms, and has requested ${requests.length || "nothing"}`,
);
await browser.close();
await stop();
await rm(packed.folder, { recursive: true, force: true });
if (requests.length) process.exit(1);

const today = new Date().toISOString().slice(0, 10);
await writeFile(
  join(guide, "transcript.md"),
  `---
title: A transcript
order: 7
---

# The ten minutes, from an empty folder

[The page](index.md) as a machine follows it: its files and its commands, in its order, and nothing else. Begun in an empty folder with an empty cache of npm. \`tandem-sync\` is the package's tarball,
as \`npm pack\` makes it. The minutes are of the commands; reading and typing are yours.

\`\`\`text
${lines.join("\n")}
\`\`\`

Written by \`npm run transcript\`, ${today}, Node ${process.versions.node}, Chromium ${browser.version()}, ${cpus().length} cores under a load of ${loadavg()[0]?.toFixed(0)}.
`,
);
