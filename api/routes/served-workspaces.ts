import type { IncomingMessage, ServerResponse } from "node:http";
import type { Engine, Load } from "#api/engine/engine.ts";
import type { Workspaces } from "#api/engine/workspaces.ts";
import type { Faults } from "#api/http/faults.ts";
import { createPresenceList } from "#api/presence/presence-list.ts";
import { createReads } from "#api/reads/reads.ts";
import { createLeftOutReport } from "#api/rows/left-out.ts";
import { createChangeStream } from "#api/stream/change-stream.ts";
import { mainWorkspace } from "#contract/who.ts";
import type { Revision } from "#sync/http";
import { createRoutes } from "./routes.ts";

export interface ServedWorkspacesOptions {
  setCorsHeaders: (req: IncomingMessage, res: ServerResponse) => void;
  publicOrigin: string | undefined;
  pingMs: number;
  /** Of each workspace. */
  maxStreams: number;
  build: (() => string | null) | undefined;
  faults: Faults;
  allowFaults: boolean;
  log: (line: string) => void;
}

/** What `/metrics` tells of the data. */
export interface Gauges extends Load {
  readonly workspace: string;
  /** The revision of the last change. */
  readonly rev: number;
  readonly streams: number;
}

/** What is served of one workspace. Nothing of it knows of another one: rows, log, streams and who is there are its own. */
export type ServedWorkspace = ReturnType<typeof serveWorkspace>;

/** Serves each workspace from when it is first asked for. */
export function createServedWorkspaces(workspaces: Workspaces, options: ServedWorkspacesOptions) {
  const served = new Map<string, ServedWorkspace>();
  let isDraining = false;

  function serve(id: string, engine: Engine): ServedWorkspace {
    const known = served.get(id);
    if (known) return known;
    const made = serveWorkspace(engine, options);
    served.set(id, made);
    if (isDraining) made.changes.close();
    return made;
  }

  return {
    main: serve(mainWorkspace, workspaces.main),
    /** Throws a 404 `Refusal` where there is no such workspace. */
    async open(id: string): Promise<ServedWorkspace> {
      const known = served.get(id);
      if (known) return known;
      return serve(id, await workspaces.open(id));
    },
    /** Undefined for one that is not open. */
    revision: (id: string | undefined): Revision | undefined =>
      id === undefined ? undefined : served.get(id)?.engine.store.state(),
    gauges: (): Gauges[] =>
      Array.from(served, ([workspace, { engine, changes }]) => ({
        workspace,
        ...engine.load(),
        rev: engine.store.state().rev,
        streams: changes.count,
      })),
    /** Ends the change streams, whose readers come back, and refuses further ones. */
    drain(): void {
      isDraining = true;
      for (const { changes } of served.values()) changes.close();
    },
    close(): void {
      for (const each of served.values()) each.close();
    },
  };
}

function serveWorkspace(engine: Engine, options: ServedWorkspacesOptions) {
  const { setCorsHeaders, publicOrigin, pingMs, maxStreams, build, log } = options;
  const { store } = engine;
  const reportLeftOut = createLeftOutReport(log);
  reportLeftOut(store.state().document);
  store.subscribe({ changed: () => reportLeftOut(store.state().document) });
  const presence = createPresenceList(engine.relay);
  const changes = createChangeStream(store, { pingMs, maxStreams, build }, presence);
  const routes = createRoutes({
    engine,
    changes,
    presence,
    reads: createReads(store, setCorsHeaders, {
      ...(publicOrigin !== undefined && { publicOrigin }),
    }),
    faults: options.faults,
    allowFaults: options.allowFaults,
  });
  return {
    engine,
    changes,
    routes,
    close() {
      changes.close();
      presence.close();
    },
  };
}
