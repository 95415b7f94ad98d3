import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { install } from "./install.ts";

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const shellNames = ["chromium-headless-shell", "chrome-headless-shell"];

/**
 * The Chromium to test with: `PLAYWRIGHT_CHROMIUM`, Playwright's own, or the system's. Null when none is
 * installed. Throws when `PLAYWRIGHT_CHROMIUM` names a file that does not exist.
 */
export function findBrowser(): string | null {
  const wanted = process.env.PLAYWRIGHT_CHROMIUM;
  if (wanted && !existsSync(wanted))
    throw new Error(`PLAYWRIGHT_CHROMIUM is ${wanted}, where there is no file`);
  const candidates = [wanted, chromium.executablePath(), ...onPath(systemNames), ...systemPaths];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/**
 * Chromium without windows, tab strip and graphics process, at half the CPU:
 * `docs/decisions/0023-the-test-budget.md`. Undefined where Playwright has its own, which it finds itself. Where none
 * is installed, the whole browser.
 */
export function findHeadlessShell(): string | undefined {
  const browser = findBrowser();
  if (process.env.PLAYWRIGHT_CHROMIUM) return browser ?? undefined;
  if (browser === chromium.executablePath()) return undefined;
  return onPath(shellNames).find(existsSync) ?? browser ?? undefined;
}

/** Installs what is missing, with Playwright, or with the system's package manager where Playwright has no build. */
export function installBrowsers(): void {
  if (!findBrowser()) {
    install(
      [
        [process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]],
        ["apt-get", ["update"]],
        ["apt-get", ["install", "-y", "--no-install-recommends", "chromium"]],
        ["dnf", ["install", "-y", "chromium"]],
        ["apk", ["add", "chromium"]],
        ["pacman", ["-S", "--noconfirm", "chromium"]],
        ["brew", ["install", "--cask", "chromium"]],
      ],
      () => findBrowser() !== null,
    );
  }
  const browser = findBrowser();
  if (!browser) {
    throw new Error(
      "No Chromium was found and none could be installed. Install Chromium or Chrome, " +
        "or set PLAYWRIGHT_CHROMIUM to its executable.",
    );
  }
  // It only saves time, so nobody is asked for a password.
  const mayInstall = process.getuid?.() === 0 && !process.env.PLAYWRIGHT_CHROMIUM;
  if (!mayInstall || findHeadlessShell() !== browser) return;
  const apt = ["install", "-y", "--no-install-recommends", "chromium-headless-shell"];
  install(
    [
      ["apt-get", apt],
      ["apt-get", ["update"]],
      ["apt-get", apt],
      ["dnf", ["install", "-y", "chromium-headless"]],
    ],
    () => findHeadlessShell() !== browser,
  );
}

function onPath(names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
