import { existsSync } from "node:fs";
import { type BrowserType, chromium, firefox, webkit } from "@playwright/test";
import { findHeadlessShell } from "../e2e/support/find-browser.ts";

/** React Query, each with the React, that the package is tried with before a release: as in the table of sync/README.md. */
export const reactQueryVersions = [
  ["5.0.0", "18"],
  ["5.40", "18"],
  ["5.80", "19"],
  ["5", "19"],
] as const;

/** A browser that Playwright drives. It is tried where it is installed. */
export interface TriedBrowser {
  readonly name: string;
  readonly type: BrowserType;
  /** Undefined: Playwright's own build. */
  readonly executablePath: string | undefined;
  readonly isInstalled: boolean;
}

/** `npx playwright install firefox webkit` installs the others; `PLAYWRIGHT_FIREFOX` and `PLAYWRIGHT_WEBKIT` name a build. */
export function triedBrowsers(): readonly TriedBrowser[] {
  const others = [
    ["Firefox", firefox, process.env.PLAYWRIGHT_FIREFOX],
    ["WebKit", webkit, process.env.PLAYWRIGHT_WEBKIT],
  ] as const;
  return [["Chromium", chromium, findHeadlessShell()] as const, ...others].map(
    ([name, type, executablePath]) => ({
      name,
      type,
      executablePath,
      isInstalled: existsSync(executablePath ?? type.executablePath()),
    }),
  );
}
