import { createApiClient } from "../../e2e/support/api-client.ts";
import { launchBrowser, reportMachine } from "./browser.ts";
import { buildTandem, createBuildFolder } from "./builds.ts";
import { type BenchServer, startServer } from "./server.ts";

/** Builds Tandem, starts its server and a browser, and prints the machine. `addPages` may add to the build. */
export async function openBench(addPages: (dist: string) => Promise<void> = async () => {}) {
  const { folder, remove } = await createBuildFolder();
  const dist = await buildTandem(folder);
  await addPages(dist);
  const servers: BenchServer[] = [];
  async function startAnother(): Promise<BenchServer> {
    const server = await startServer(dist);
    servers.push(server);
    return server;
  }
  const server = await startAnother();
  const api = createApiClient(server.apiUrl);
  const browser = await launchBrowser();
  reportMachine(browser);
  return {
    server,
    /** Starts a second server of the same build, with data of its own. */
    startAnother,
    api,
    browser,
    async close() {
      await browser.close();
      await Promise.all(servers.map((each) => each.close()));
      await remove();
    },
  };
}
