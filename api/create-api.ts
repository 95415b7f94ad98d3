import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response } from "express";
import type { Workspaces } from "./engine/workspaces.ts";
import { openFileEngine } from "./file/open-file-engine.ts";
import { createAccess } from "./http/access.ts";
import { createApp } from "./http/create-app.ts";
import { createFaults } from "./http/faults.ts";
import type { RateLimitsOptions } from "./http/rate-limits.ts";
import { workspaceOf } from "./http/who.ts";
import { createServedWorkspaces, type Gauges } from "./routes/served-workspaces.ts";
import type { SignInSettings } from "./sign-in/create-sign-in.ts";

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
  /** Of each workspace that is open. None where another API has the data. */
  gauges(): readonly Gauges[];
  /** Ends the change streams, whose readers come back, and refuses further ones. All else is answered as before. */
  drain(): void;
  /** `/access`: sign-in, sign-out and the members. Null without sign-in. */
  signIn: Handler | null;
  /** Answers the writes under way, ends the change streams and releases the data file. */
  close(): Promise<void>;
}

async function openWorkspaces(
  options: ApiOptions,
  log: (line: string) => void,
): Promise<Workspaces> {
  const { file, databaseUrl: url, maxChanges = 5_000, now = Date.now } = options;
  if (url !== undefined) {
    // Who serves a file does not load the driver.
    const { openPostgres } = await import("./postgres/open-postgres.ts");
    return openPostgres({ url, maxChanges, now, log });
  }
  if (file !== undefined) return openFileEngine({ file, maxChanges, now, log });
  throw new Error("Neither a data file nor a database was named.");
}

/** Without limits what counts is not loaded. */
async function openLimits(options: ApiOptions["rateLimits"]) {
  if (!options) return null;
  const { createRateLimits, isSignIn, limitedKindOf } = await import("./http/rate-limits.ts");
  const limit = createRateLimits(options);
  return {
    async api(req: IncomingMessage) {
      const kind = limitedKindOf(req);
      if (kind) await limit(req, kind);
    },
    async signIn(req: IncomingMessage) {
      if (isSignIn(req)) await limit(req, "sign-ins");
    },
  };
}

/**
 * Opens a data file or a database and serves it. Rejects with an `Error` whose message states in one line why the
 * it cannot be served.
 */
export async function createApi(options: ApiOptions): Promise<Api> {
  const log = options.log ?? (() => {});
  const workspaces = await openWorkspaces(options, log);
  const now = options.now ?? Date.now;
  // The client of the provider is not loaded without it.
  const signIn = options.signIn
    ? await (await import("./sign-in/create-sign-in.ts")).createSignIn(options.signIn, {
        workspaces,
        now,
        log,
      })
    : null;
  const access = createAccess({
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });
  const served = createServedWorkspaces(workspaces, {
    setCorsHeaders: access.setCorsHeaders,
    publicOrigin: options.publicOrigin,
    pingMs: options.pingMs ?? 10_000,
    maxStreams: options.maxStreams ?? 1_000,
    build: options.build,
    faults: createFaults(),
    allowFaults: options.allowFaults ?? false,
    log,
  });
  const hasSignIn = signIn !== null;
  const limits = await openLimits(options.rateLimits);
  const api = createApp(
    async (req, res, next) => {
      const { routes } = await served.open(workspaceOf(req, hasSignIn) ?? "");
      await routes.api(req, res, next);
    },
    {
      access,
      revision: (req) => served.revision(workspaceOf(req, hasSignIn)),
      log,
      guard: signIn?.guard,
      limit: limits?.api,
    },
  );
  const accessApp =
    signIn &&
    createApp(signIn.handle, { access, revision: () => undefined, log, limit: limits?.signIn });
  const faults = createApp(served.main.routes.faults, {
    revision: workspaces.main.store.state,
    log,
    access: createAccess({
      allowedHosts: options.allowedHosts ?? [],
      allowedOrigins: options.shellOrigins ?? [],
    }),
  });
  return {
    handler: (req, res) => api(req as Request, res as Response),
    faults: (req, res) => faults(req as Request, res as Response),
    behind() {
      for (const [, engine] of workspaces.opened()) {
        const why = engine.behind();
        if (why !== null) return why;
      }
      return null;
    },
    gauges: served.gauges,
    drain: served.drain,
    signIn: accessApp && ((req, res) => accessApp(req as Request, res as Response)),
    async close() {
      signIn?.close();
      served.close();
      await workspaces.close();
    },
  };
}
