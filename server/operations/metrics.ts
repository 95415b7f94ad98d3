import { createServer } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Gauges } from "#api/routes/served-workspaces.ts";
import { reservedNames } from "#api/rows/document.ts";
import { builtInResources } from "#api/rows/resources.ts";
import { listen } from "#server/listen.ts";
import type { AnsweredRequest } from "./log.ts";

export interface Metrics {
  request(answered: AnsweredRequest): void;
  close(): void;
}

export interface MetricsOptions {
  host: string;
  port: number;
  /** Of each workspace that is open. None where another API has the data. */
  gauges: () => readonly Gauges[];
}

/** First segments of the API's paths that are counted by name: the names of other collections are a person's own. */
const named: ReadonlySet<string> = new Set([...builtInResources, ...reservedNames]);

/**
 * Serves `GET /metrics` in the format of Prometheus, at an address of its own: a port that browsers reach has no need to
 * tell how much is done, and by how many. Rejects with a `SettingsError` where it cannot listen.
 */
export async function serveMetrics({ host, port, gauges }: MetricsOptions): Promise<Metrics> {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "tandem_requests_total",
    help: "Requests by origin, method, route and status; status 0 where the client left before the answer",
    labelNames: ["origin", "method", "route", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "tandem_request_seconds",
    help: "Time to the end of an answer. Change streams are not in it",
    labelNames: ["origin", "method", "route"],
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const values: Readonly<Record<Exclude<keyof Gauges, "workspace">, string>> = {
    rev: "Position in the log of changes: the revision of the last change that this server knows",
    lag: "Changes that the database had and this server had not, when it last looked",
    streams: "Open change streams",
    queued: "Writes that wait for a turn",
  };
  for (const [key, help] of Object.entries(values))
    new Gauge({
      name: `tandem_${key === "rev" ? "log_position" : key}`,
      help,
      labelNames: ["workspace"],
      registers,
      collect() {
        for (const each of gauges())
          this.set({ workspace: each.workspace }, each[key as keyof typeof values]);
      },
    });

  const server = createServer(async (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end("Only /metrics is here.\n");
      return;
    }
    const text = await registry.metrics();
    response.writeHead(200, { "Content-Type": registry.contentType }).end(text);
  });
  await listen(server, host, port, "METRICS_PORT");

  return {
    request({ origin, method, path, status, ms }) {
      const labels = { origin, method: methodOf(method), route: routeOf(path) };
      requests.inc({ ...labels, status });
      if (labels.route !== "changes") seconds.observe(labels, ms / 1_000);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Clients choose what they send: what is counted apart has to be a closed set. */
function methodOf(method: string): string {
  return /^(GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/.test(method) ? method : "other";
}

function routeOf(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  if (first === "faults") return "faults";
  if (first !== "api") return "site";
  return named.has(second) ? second : "other";
}
