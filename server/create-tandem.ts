import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Api, createApi } from "#api/create-api.ts";
import { createApiProxy } from "./api-proxy.ts";
import { pathOf, type Site, type Sites } from "./built-site.ts";
import { listen } from "./listen.ts";
import { knownHosts, type Origins, originsOf } from "./origins.ts";
import { type Settings, SettingsError } from "./settings.ts";

export interface Tandem {
  /** Where to go. */
  readonly shellUrl: string;
  readonly paneUrl: string;
  /** What the API answers is read from here. */
  readonly data: string;
  close(): Promise<void>;
}

type CreateSites = (servers: {
  shell: ReturnType<typeof createServer>;
  pane: ReturnType<typeof createServer>;
}) => Sites | Promise<Sites>;

/** The whole of Tandem on its two origins: the shell on one; panes, tab-app and API on the other. */
export async function createTandem(settings: Settings, createSites: CreateSites): Promise<Tandem> {
  const { host, shellPort, panePort } = settings;
  const hosts = knownHosts(host);
  const servers = { shell: createServer(), pane: createServer() };
  const api = settings.api ? createApiProxy(settings.api, hosts) : await openApi(settings, hosts);
  const sites = await createSites(servers);

  servers.shell.on("request", (request, response) => {
    answer(request, response, sites.shell, () => {
      if (pathOf(request) !== "/faults") return false;
      api.faults(request, response);
      return true;
    });
  });
  servers.pane.on("request", (request, response) => {
    // Gives the panes an agent cluster apart from the shell's, so that a hung pane leaves it alive.
    response.setHeader("Origin-Agent-Cluster", "?1");
    answer(request, response, sites.pane, () => {
      if (!/^\/api(\/|$)/.test(pathOf(request))) return false;
      request.url = request.url?.slice("/api".length) || "/";
      api.handler(request, response);
      return true;
    });
  });

  function answer(
    request: IncomingMessage,
    response: ServerResponse,
    site: Site,
    isApi: () => boolean,
  ): void {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    const origins = originsOf(request, hosts, settings);
    if (!origins) {
      response.statusCode = 403;
      response.end("This server does not go by that name. Set HOST to it.\n");
      return;
    }
    if (isApi()) return;
    void serve(request, response, site, origins);
  }

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    site: Site,
    origins: Origins,
  ) {
    try {
      await site(request, response, origins);
    } catch (error) {
      console.error(error);
      response.statusCode = 500;
      response.end("The page could not be made.\n");
    }
  }

  async function close() {
    for (const server of [servers.shell, servers.pane]) {
      server.close();
      server.closeAllConnections();
    }
    await sites.close();
    await api.close();
  }

  try {
    await listen(servers.shell, host, shellPort, "PORT");
    await listen(servers.pane, host, panePort, "PANE_PORT");
  } catch (error) {
    await close();
    throw error;
  }
  const url = (port: number) => `http://${host}:${port}/`;
  return {
    shellUrl: url(shellPort),
    paneUrl: url(panePort),
    data: settings.api?.href ?? settings.db,
    close,
  };
}

function openApi({ host, db }: Settings, hosts: readonly string[]): Promise<Api> {
  return createApi({
    file: db,
    allowedHosts: hosts,
    allowFaults: isLoopback(host),
    log: (line) => console.log(line),
  }).catch((error: Error) => {
    // Its message is one line about the data file.
    throw new SettingsError(error.message);
  });
}

function isLoopback(host: string): boolean {
  return ["localhost", "127.0.0.1", "::1", "[::1]"].includes(host);
}
