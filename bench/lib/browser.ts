import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { findBrowser } from "../../e2e/support/find-browser.ts";
import { mark } from "../../scripts/marks.ts";

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error("No Chromium was found: set PLAYWRIGHT_CHROMIUM to its path");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  });
}

/** A context without cache or storage. */
export async function openContext(
  browser: Browser,
  viewport = { width: 1440, height: 900 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  // tsx wraps functions in a helper that pages do not have.
  await context.addInitScript("globalThis.__name = (f) => f");
  return context;
}

/** Prints the machine and the versions that figures were measured on, for docs/performance.md too. */
export function reportMachine(browser: Browser): void {
  const versions = ["@tanstack/react-query", "react", "vite", "@module-federation/vite"].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  const cores = cpus();
  const machine = [
    `${cores.length} × ${cores[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
    `Chromium ${browser.version()} headless`,
    ...versions,
  ].join("; ");
  console.log(`${mark("machine", machine)}\n`);
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, "../../node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
