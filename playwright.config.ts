import { defineConfig } from "@playwright/test";
import { addressBarPages } from "./e2e/support/address-bar-pages.ts";
import { findBrowser, findHeadlessShell } from "./e2e/support/find-browser.ts";

/** Replaces Playwright's own list, which is repeated here: Chromium obeys the last one only. */
const disabledFeatures = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "TcpPortRandomizationWin",
  "ThirdPartyStoragePartitioning",
  ...addressBarPages,
];

function launchOptions(executablePath: string | null | undefined) {
  return {
    ...(executablePath && { executablePath }),
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      `--disable-features=${disabledFeatures.join(",")}`,
    ],
  };
}

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/build-once.ts",
  fullyParallel: true,
  workers: 2,
  // A loaded machine is slow, not wrong.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  // A test that needs its second try is named in the report. A shared machine can starve a browser.
  retries: process.env.CI ? 2 : 0,
  reporter: [["list"]],
  projects: [
    {
      name: "tandem",
      testIgnore: "lifecycle/**",
      use: { launchOptions: launchOptions(findHeadlessShell()) },
    },
    // A Chromium with its storage partitions, back/forward cache and throttling on: see e2e/lifecycle/test.ts.
    {
      name: "lifecycle",
      testDir: "e2e/lifecycle",
      use: { trace: "off", launchOptions: launchOptions(findBrowser()) },
    },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    // Recording every test costs more CPU than the tests themselves: docs/decisions/0023-the-test-budget.md.
    trace: "on-first-retry",
  },
});
