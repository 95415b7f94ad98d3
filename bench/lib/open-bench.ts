import { createApiClient } from "../../e2e/support/api-client.ts";
import { launchBrowser, reportMachine } from "./browser.ts";
import { buildTandem, createBuildFolder } from "./builds.ts";
import { startServer } from "./server.ts";

/** Builds Tandem, starts its server and a browser, and prints the machine. `addPages` may add to the build. */
export async function openBench(addPages: (dist: string) => Promise<void> = async () => {}) {
  const { folder, remove } = await createBuildFolder();
  const dist = await buildTandem(folder);
  await addPages(dist);
  const server = await startServer(dist);
  const api = createApiClient(server.apiUrl);
  const browser = await launchBrowser();
  reportMachine(browser);
  return {
    server,
    api,
    browser,
    async close() {
      await browser.close();
      await server.close();
      await remove();
    },
  };
}
