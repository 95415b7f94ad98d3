import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { createTandemServer, type TandemServer } from "./tandem-server.ts";

export interface ForeignRemotes {
  /** Where its pages are. */
  readonly origin: string;
  readonly server: TandemServer;
  /** Replaces the manifest of remotes: the tab-app, and these lines. */
  offer(lines: readonly unknown[]): Promise<void>;
  close(): Promise<void>;
}

const penpal = join(dirname(createRequire(import.meta.url).resolve("penpal")), "penpal.mjs");

/**
 * Tandem, and a server of another origin with pages that speak the pane contract themselves, without any code of ours.
 * `scripts` are by path; each has `connect(methods)`, which resolves with the methods of the shell. `headers` too: one with a
 * `Location` leads there.
 */
export async function startForeignRemotes(
  scripts: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Promise<ForeignRemotes> {
  let shellOrigin = "";
  const pages = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/penpal.mjs") {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(await readFile(penpal));
    }
    const script = scripts[pathname];
    if (script === undefined) return response.writeHead(404).end();
    for (const [name, value] of Object.entries(headers[pathname] ?? {}))
      response.setHeader(name, value);
    if (response.hasHeader("Location")) response.statusCode = 302;
    response.setHeader("Content-Type", "text/html");
    response.setHeader("Origin-Agent-Cluster", "?1");
    response.end(pageOf(script, shellOrigin));
  });
  await new Promise<void>((resolve) => pages.listen(0, "localhost", resolve));
  const origin = `http://localhost:${(pages.address() as AddressInfo).port}`;
  const ours: unknown[] = JSON.parse(await readFile("remotes.json", "utf8"));
  let file = "";
  const offer = (lines: readonly unknown[]) => writeFile(file, JSON.stringify([ours[0], ...lines]));
  const server = await createTandemServer({
    async settings(_, folder) {
      file = join(folder, "remotes.json");
      await offer([]);
      return { REMOTES: file };
    },
  });
  shellOrigin = new URL(server.shellUrl).origin;
  return {
    origin,
    server,
    offer,
    async close() {
      await server.close();
      pages.closeAllConnections();
      await new Promise((resolve) => pages.close(resolve));
    },
  };
}

const pageOf = (script: string, shellOrigin: string) => `<!doctype html>
<html lang="en"><title>A remote of another origin</title><body><main id="root"></main>
<script type="module">
import { connect as connectTo, WindowMessenger } from "/penpal.mjs";
const shellOrigin = ${JSON.stringify(shellOrigin)};
const connect = (methods = {}) =>
  connectTo({
    messenger: new WindowMessenger({ remoteWindow: parent, allowedOrigins: [shellOrigin] }),
    methods: { visible() {}, theme() {}, command() {}, inspect() {}, ping() {}, ...methods },
  }).promise;
const show = (text) => {
  document.getElementById("root").textContent = text;
};
${script}
</script></body></html>`;
