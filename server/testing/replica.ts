import { createTandem } from "#server/create-tandem.ts";
import { readSettings } from "#server/settings.ts";

/** A server as `npm start` runs it, without pages. Prints where its API is. */
const page = (_: unknown, response: { end(text: string): void }) => response.end("a page");
const tandem = await createTandem(readSettings(process.env), () => ({
  shell: page,
  pane: page,
  build: () => null,
  close: async () => {},
}));
console.log(`${tandem.paneUrl}api`);
process.once("SIGTERM", () => void tandem.close().finally(() => process.exit(0)));
