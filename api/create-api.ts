import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import type { Engine, Load } from "./engine/engine.ts";
import { openFileEngine } from "./file/open-file-engine.ts";
import { createAccess } from "./http/access.ts";
import { createApp } from "./http/create-app.ts";
import { createFaults } from "./http/faults.ts";
import type { RateLimitsOptions } from "./http/rate-limits.ts";
import { createPresenceList } from "./presence/presence-list.ts";
import { createReads } from "./reads/reads.ts";
import { createRoutes } from "./routes/routes.ts";
import { createLeftOutReport } from "./rows/left-out.ts";
import type { SignInSettings } from "./sign-in/create-sign-in.ts";
import { createChangeStream } from "./stream/change-stream.ts";

export interface ApiOptions {
  /** The data file, which must exist and be valid; or, in its place, a database of PostgreSQL. */
  file?: string;
  /** `postgres://user:password@host:port/database` */
  databaseUrl?: string;
  /** Further origins whose pages may read and write. The API's own origin always may. */
  allowedOrigins?: readonly string[];
  /** Further names, or `name:port`, allowed in `Host`. Those of loopback always are. */
  allowedHosts?: readonly string[];
  /** The shell's outer origins, where they differ from the `Host` of a request: their pages may set faults. */
  shellOrigins?: readonly string[];
  /** The outer origin of `Link` URLs, where it differs from the `Host` of a request. */
  publicOrigin?: string;
  /** Sign-in at a provider: without it anybody may read and write. */
  signIn?: SignInSettings;
  /** Whether `/faults` may be used; false by default. */
  allowFaults?: boolean;
  /** Names the build of the pages that are served beside it; null by default. */
  build?: () => string | null;
  log?: (line: string) => void;
  /** How many changes the log holds; 5,000 by default. */
  maxChanges?: number;
  /** Limits how many writes, change streams and sign-ins a session and an address have in a minute. None by default. */
  rateLimits?: RateLimitsOptions;
  /** Change streams that may be open; 1,000 by default. */
  maxStreams?: number;
  /** Milliseconds between the pings of the change stream; 10,000 by default. */
  pingMs?: number;
  /** Milliseconds since the Unix epoch; the system's clock by default. */
  now?: () => number;
}

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

export interface Api {
  /** The whole API, at the mount point and below `/api` of it. */
  handler: Handler;
  /** Only `GET` and `PATCH` of the fault settings, at any path: for the shell's origin. */
  faults: Handler;
  /** Why answers of this server may be old, in one line. Null when they are not. */
  behind(): string | null;
  /** Null where another API has the data. */
  gauges(): Gauges | null;
  /** Ends the change streams, whose readers come back, and refuses further ones. All else is answered as before. */
  drain(): void;
  /** `/access`: sign-in, sign-out and the members. Null without sign-in. */
  signIn: Handler | null;
  /** Answers the writes under way, ends the change streams and releases the data file. */
  close(): Promise<void>;
}

/** What `/metrics` tells of the data. */
export interface Gauges extends Load {
  /** The revision of the last change. */
  readonly rev: number;
  readonly streams: number;
}

async function openEngine(options: ApiOptions, log: (line: string) => void): Promise<Engine> {
  const { file, databaseUrl: url, maxChanges = 5_000, now = Date.now } = options;
  if (url !== undefined) {
    // Who serves a file does not load the driver.
    const { openPostgresEngine } = await import("./postgres/open-postgres-engine.ts");
    return openPostgresEngine({ url, maxChanges, now, log });
  }
  if (file !== undefined) return openFileEngine({ file, maxChanges, now, log });
  throw new Error("Neither a data file nor a database was named.");
}

/** Without limits what counts is not loaded. */
async function openLimits(options: ApiOptions["rateLimits"]) {
  if (!options) return null;
  const { createRateLimits, limitedKindOf } = await import("./http/rate-limits.ts");
  const limit = createRateLimits(options);
  return {
    async api(req: IncomingMessage) {
      const kind = limitedKindOf(req);
      if (kind) await limit(req, kind);
    },
    signIn: (req: IncomingMessage) => limit(req, "sign-ins"),
  };
}

/**
 * Opens a data file or a database and serves it. Rejects with an `Error` whose message states in one line why the
 * it cannot be served.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const log = options.log ?? (() => {});
  const engine = await openEngine(options, log);
  const { store } = engine;
  const reportLeftOut = createLeftOutReport(log);
  reportLeftOut(store.state().document);
  store.subscribe({ changed: () => reportLeftOut(store.state().document) });
  const now = options.now ?? Date.now;
  // The client of the provider is not loaded without it.
  const signIn = options.signIn
    ? await (await import("./sign-in/create-sign-in.ts")).createSignIn(options.signIn, {
        engine,
        now,
        log,
      })
    : null;
  const presence = createPresenceList();
  const changes = createChangeStream(
    store,
    {
      pingMs: options.pingMs ?? 10_000,
      maxStreams: options.maxStreams ?? 1_000,
      build: options.build,
    },
    presence,
  );
  const access = createAccess({
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });
  const routes = createRoutes({
    engine,
    changes,
    presence,
    reads: createReads(store, access.setCorsHeaders, {
      ...(options.publicOrigin !== undefined && { publicOrigin: options.publicOrigin }),
    }),
    faults: createFaults(),
    allowFaults: options.allowFaults ?? false,
  });
  const appOptions = { access, revision: store.state, log };
  const limits = await openLimits(options.rateLimits);
  const api = createApp(routes.api, { ...appOptions, guard: signIn?.guard, limit: limits?.api });
  const accessApp = signIn && createApp(signIn.handle, { ...appOptions, limit: limits?.signIn });
  const faults = createApp(routes.faults, {
    ...appOptions,
    access: createAccess({
      allowedHosts: options.allowedHosts ?? [],
      allowedOrigins: options.shellOrigins ?? [],
    }),
  });
  return {
    handler: (req, res) => api(req as Request, res as Response),
    faults: (req, res) => faults(req as Request, res as Response),
    behind: engine.behind,
    gauges: () => ({ ...engine.load(), rev: store.state().rev, streams: changes.count }),
    drain: changes.close,
    signIn: accessApp && ((req, res) => accessApp(req as Request, res as Response)),
    async close() {
      signIn?.close();
      changes.close();
      presence.close();
      await engine.close();
    },
  };
}
