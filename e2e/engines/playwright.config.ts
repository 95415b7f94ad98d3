import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import base from "../../playwright.config.ts";
import { engines } from "./find-engines.ts";

/** What depends on an engine: channel, locks, storage, frames, visibility, the network. */
const stories = [
  "contained-errors",
  "dependent-queries",
  "edit-conflicts",
  "hand-edits",
  "hidden-panels",
  "junk-messages",
  "offline-queue",
  "optimistic-pin",
  "own-cache",
  "own-realm",
  "persisted-work",
  "selective-invalidation",
  "sign-in",
  "standalone-tab",
  "undo",
  "who-is-there",
];

/** The stories in other engines: `npm run engines`. Chromium's own, by its DevTools protocol, are in `lifecycle/`. */
export default defineConfig({
  ...base,
  testDir: "..",
  globalSetup: "../support/build-once.ts",
  outputDir: "../../test-results/engines",
  // Another engine's start and its driver are slower than Chromium's.
  timeout: 120_000,
  projects: [
    {
      name: "firefox",
      testMatch: stories.map((name) => `${name}.spec.ts`),
      use: {
        browserName: "firefox",
        // A stock build, by WebDriver BiDi.
        channel: "moz-firefox",
        launchOptions: {
          executablePath: join(import.meta.dirname, "firefox.mjs"),
          env: { ...process.env, FIREFOX: engines.firefox.find() ?? "firefox" },
        },
      },
    },
    { name: "webkit", testDir: ".", testMatch: "webkit/*.spec.ts" },
  ],
});
