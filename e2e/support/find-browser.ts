import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const systemPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The Chromium to test with: `PLAYWRIGHT_CHROMIUM`, Playwright's own, or the system's. Null when none is
 * installed. Throws when `PLAYWRIGHT_CHROMIUM` names a file that does not exist.
 */
export function findBrowser(): string | null {
  const wanted = process.env.PLAYWRIGHT_CHROMIUM;
  if (wanted && !existsSync(wanted))
    throw new Error(`PLAYWRIGHT_CHROMIUM is ${wanted}, where there is no file`);
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    wanted,
    chromium.executablePath(),
    ...systemNames.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...systemPaths,
  ];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** Installs Chromium with Playwright, or with the system's package manager where Playwright has no build. */
export function installBrowser(): string {
  const attempts: [string, string[]][] = [
    [process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]],
    ["apt-get", ["update"]],
    ["apt-get", ["install", "-y", "--no-install-recommends", "chromium"]],
    ["dnf", ["install", "-y", "chromium"]],
    ["apk", ["add", "chromium"]],
    ["pacman", ["-S", "--noconfirm", "chromium"]],
    ["brew", ["install", "--cask", "chromium"]],
  ];
  for (const [command, args] of attempts) {
    try {
      console.log(`No browser yet: ${command} ${args.join(" ")}`);
      execFileSync(command, args, { stdio: "inherit", timeout: 300_000 });
    } catch {
      // Not on this system, no network, or not allowed: try the next.
    }
    const found = findBrowser();
    if (found) return found;
  }
  throw new Error(
    "No Chromium was found and none could be installed. Install Chromium or Chrome, " +
      "or set PLAYWRIGHT_CHROMIUM to its executable.",
  );
}
