import { rm } from "node:fs/promises";
import { expect as expectPage, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installExample } from "../examples/testing/install.ts";
import { startServer } from "../examples/testing/start.ts";
import { type PackedSync, packSync, runIn } from "./packed-sync.ts";
import { triedBrowsers } from "./versions.ts";

const patient = expectPage.configure({ timeout: 60_000 });
let packed: PackedSync;
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  packed = await packSync();
  const app = await installExample("vue", packed);
  await runIn(app, "npm", ["run", "build"]);
  const cli = "node_modules/json-server/lib/cli/bin.js";
  server = await startServer(
    (port) => [cli, "db.json", "--static", "dist", "--port", `${port}`],
    app,
  );
});
afterAll(async () => {
  await server?.stop();
  await rm(packed.folder, { recursive: true, force: true });
});

for (const { name, type, executablePath, isInstalled } of triedBrowsers())
  test.skipIf(!isInstalled)(
    `${name}: two tabs in step, and one of them polls for both until it is closed`,
    async () => {
      const args = name === "Chromium" ? ["--no-sandbox"] : [];
      const browser = await type.launch({ args, ...(executablePath && { executablePath }) });
      console.log(`${name} ${browser.version()}`);
      const context = await browser.newContext();
      const open = async () => {
        const page = await context.newPage();
        const polls: string[] = [];
        page.on("request", (request) => request.url().includes("poll") && polls.push(name));
        await page.goto(server.url);
        return { page, polls };
      };
      const light = (page: Page, room: string) => page.getByRole("button", { name: room });
      const [a, b] = [await open(), await open()];
      const turned = String(
        (await light(a.page, "Kitchen").getAttribute("aria-pressed")) !== "true",
      );
      await light(a.page, "Kitchen").click();
      await patient(light(b.page, "Kitchen")).toHaveAttribute("aria-pressed", turned);
      await patient.poll(() => a.polls.length + b.polls.length).toBeGreaterThan(0);
      const [holder, other] = a.polls.length > 0 ? [a, b] : [b, a];
      expect(other.polls).toEqual([]);
      await holder.page.close();
      await patient.poll(() => other.polls.length).toBeGreaterThan(0);
      await browser.close();
    },
  );
