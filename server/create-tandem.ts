import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Api, createApi } from "#api/create-api.ts";
import { connections } from "#api/http/connections.ts";
import { isLoopback } from "#api/http/loopback.ts";
import { newRequestId } from "#api/http/request-id.ts";
import { createApiProxy } from "./api-proxy.ts";
import { knownHosts } from "./known-hosts.ts";
import { listen } from "./listen.ts";
import { createHealth } from "./operations/health.ts";
import { createInFlight } from "./operations/in-flight.ts";
import { createLog, type Log } from "./operations/log.ts";
import type { Metrics } from "./operations/metrics.ts";
import { type Origins, originsOf } from "./origins.ts";
import { securityHeaders } from "./security-headers.ts";
import type { Settings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";
import { paneAncestors, pathOf, type Site, type Sites, shellAncestors } from "./site.ts";

export interface Tandem {
  readonly shellUrl: string;
  readonly paneUrl: string;
  /** The data file, or the URL of the other API. */
  readonly data: string;
  /** Takes no more connections, answers what was asked, ends the change streams, and releases the data: within ten seconds. */
  close(): Promise<void>;
}

export interface Servers {
  readonly shell: Server;
  readonly pane: Server;
}

/** Milliseconds that what is under way has to end when the server stops. */
const drainMs = 10_000;

/** Serves Tandem on its two origins: the shell on one; panes, tab-app and API on the other. */
export async function createTandem(
  settings: Settings,
  createSites: (servers: Servers) => Sites | Promise<Sites>,
): Promise<Tandem> {
  const { host, shellPort, panePort, shellUrl, paneUrl } = settings;
  const outer = {
    shell: shellUrl ?? `http://${host}:${shellPort}`,
    pane: paneUrl ?? `http://${host}:${panePort}`,
  };
  const log = await createLog(settings.logFormat);
  const hosts = knownHosts(host, shellUrl, paneUrl);
  const servers = { shell: createServer(connections), pane: createServer(connections) };
  const build = () => sites.build();
  const api = settings.api
    ? createApiProxy(settings.api, {
        allowedHosts: hosts,
        paneOrigins: paneUrl ? [paneUrl] : [],
        shellOrigins: shellUrl ? [shellUrl] : [],
        outside: (request) => `${originsOf(request, hosts, settings)?.pane ?? ""}/api`,
      })
    : await openApi(settings, { hosts, outer, log, build });
  const inFlight = createInFlight();
  let isDraining = false;
  const sendHealth = createHealth({ isDraining: () => isDraining, behind: api.behind });
  const metrics = settings.metrics && (await openMetrics(settings.metrics, api));
  const sites = await createSites(servers);

  servers.shell.on("request", (request, response) => {
    // No page may frame the shell, and have its user click what they do not see.
    response.setHeader("X-Frame-Options", "DENY");
    handle(request, response, "shell", shellAncestors, () => {
      if (pathOf(request) !== "/faults") return false;
      api.faults(request, response);
      return true;
    });
  });
  servers.pane.on("request", (request, response) => {
    // Puts the panes in an agent cluster apart from the shell's, so that a hung pane does not block the shell.
    response.setHeader("Origin-Agent-Cluster", "?1");
    handle(request, response, "pane", paneAncestors, () => {
      if (pathOf(request) === "/alive") {
        // The shell asks it, without credentials and without reading it, why a pane does not load.
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.writeHead(204, { "Cache-Control": "no-store" }).end();
        return true;
      }
      if (api.signIn && /^\/access(\/|$)/.test(pathOf(request))) {
        api.signIn(request, response);
        return true;
      }
      if (!/^\/api(\/|$)/.test(pathOf(request))) return false;
      // Express keeps it, for the URLs in `Link` and `Location`.
      Object.assign(request, { originalUrl: request.url });
      request.url = request.url?.slice("/api".length) || "/";
      api.handler(request, response);
      return true;
    });
  });

  /** `serveApi` returns whether the request was one for the API; all others go to the site. */
  function handle(
    request: IncomingMessage,
    response: ServerResponse,
    origin: "shell" | "pane",
    ancestors: (origins: Origins) => string,
    serveApi: () => boolean,
  ): void {
    if (sendHealth(request, response)) return;
    note(request, response, origin);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const served = build();
    if (served !== null) response.setHeader("Tandem-Build", served);
    const origins = originsOf(request, hosts, settings);
    if (!origins) {
      response.statusCode = 403;
      response.end(
        "This host name is not allowed. To allow it, set HOST to it, or SHELL_URL and PANE_URL to the addresses that browsers use.\n",
      );
      return;
    }
    // A site that has a whole policy puts it in this one's place, with the same ancestors.
    response.setHeader("Content-Security-Policy", ancestors(origins));
    if (!serveApi()) void serveSite(sites[origin], request, response, origins);
  }

  function note(request: IncomingMessage, response: ServerResponse, origin: "shell" | "pane") {
    const id = newRequestId();
    const [method, path, began] = [request.method ?? "", pathOf(request), performance.now()];
    response.setHeader("Request-Id", id);
    // The connection is not kept for a next request.
    if (isDraining) response.shouldKeepAlive = false;
    inFlight.add(response);
    response.once("close", () => {
      const status = response.headersSent ? response.statusCode : 0;
      const answered = { id, origin, method, path, status, ms: performance.now() - began };
      metrics?.request(answered);
      log.request(answered);
    });
  }

  async function close() {
    isDraining = true;
    const both = [servers.shell, servers.pane];
    for (const server of both) server.close();
    api.drain();
    await inFlight.none(drainMs);
    for (const server of both) server.closeAllConnections();
    metrics?.close();
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
  return {
    shellUrl: `${outer.shell}/`,
    paneUrl: `${outer.pane}/`,
    data: settings.api?.href ?? nameOfData(settings),
    close,
  };
}

async function serveSite(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  origins: Origins,
): Promise<void> {
  try {
    await site(request, response, origins);
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end("The page could not be served.\n");
  }
}

function nameOfData({ db, databaseUrl }: Settings): string {
  return databaseUrl ? `PostgreSQL on ${new URL(databaseUrl).host}` : db;
}

/** Who asks for no metrics does not load what counts them. */
async function openMetrics(place: { host: string; port: number }, api: Api): Promise<Metrics> {
  const { serveMetrics } = await import("./operations/metrics.ts");
  return serveMetrics({ ...place, gauges: api.gauges });
}

function openApi(
  { host, db, databaseUrl, shellUrl, paneUrl, rateLimits, signIn }: Settings,
  parts: {
    readonly hosts: readonly string[];
    readonly outer: Origins;
    readonly log: Log;
    readonly build: () => string | null;
  },
): Promise<Api> {
  const { hosts, outer, log, build } = parts;
  return createApi({
    ...(databaseUrl ? { databaseUrl } : { file: db }),
    allowedHosts: hosts,
    allowedOrigins: paneUrl ? [paneUrl] : [],
    shellOrigins: shellUrl ? [shellUrl] : [],
    ...(paneUrl && { publicOrigin: paneUrl }),
    ...(rateLimits && { rateLimits }),
    allowFaults: isLoopback(host) && !signIn,
    ...(signIn && { signIn: { ...signIn, origins: outer } }),
    build,
    log: log.line,
  }).catch((error: Error) => {
    // Its message is one line about the data file or the database.
    throw new SettingsError(error.message);
  });
}
