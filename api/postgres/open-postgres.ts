import { noWorkspace, type Workspaces } from "#api/engine/workspaces.ts";
import { mainWorkspace } from "#contract/who.ts";
import { listen } from "#sync/server";
import { connect } from "./connect.ts";
import { issueOf } from "./issue-of.ts";
import { createWorkspace } from "./load-state.ts";
import { migrate } from "./migrations/migrate.ts";
import { openPostgresEngine, type PostgresEngine } from "./open-postgres-engine.ts";
import { openRelays } from "./open-relays.ts";
import { openPostgresSignIn, type PostgresSignIn } from "./open-sign-in.ts";
import { readHead } from "./write-batch.ts";

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  maxChanges: number;
  now: () => number;
  log: (line: string) => void;
}

/**
 * The workspaces of a database. Each that somebody has asked for has its rows in memory; all of them share the connections,
 * and those that listen. Rejects with an `Error` whose message states in one line why the database cannot be served.
 */
export async function openPostgres({ url, ...options }: PostgresOptions): Promise<Workspaces> {
  const connection = connect(url);
  const { db } = connection;
  const relays = openRelays(connection);
  const engines = new Map<string, PostgresEngine>();
  const opening = new Map<string, Promise<PostgresEngine>>();
  let signIn: PostgresSignIn | null = null;

  async function openEngine(workspace: string): Promise<PostgresEngine> {
    if ((await readHead(db, workspace)) < 0) throw noWorkspace(workspace);
    const relay = relays.of(workspace);
    const engine = await openPostgresEngine({ db, workspace, relay, ...options });
    engines.set(workspace, engine);
    // What was committed while the rows were read may have woken nothing.
    engine.wake();
    return engine;
  }

  function open(workspace: string): Promise<PostgresEngine> {
    const known = opening.get(workspace);
    if (known) return known;
    const opened = openEngine(workspace);
    opening.set(workspace, opened);
    // It may be made later, and the database may answer later.
    opened.catch(() => opening.delete(workspace));
    return opened;
  }

  async function openMain(): Promise<PostgresEngine> {
    await migrate(db);
    await createWorkspace(db, mainWorkspace);
    return open(mainWorkspace);
  }

  const main = await openMain().catch(async (error: unknown) => {
    await relays.close();
    await connection.close();
    throw new Error(`PostgreSQL: ${issueOf(error)}`);
  });
  const listener = listen(connection.createListener, "tandem", {
    woken: (workspace) => engines.get(workspace)?.wake(),
    connected() {
      for (const engine of engines.values()) engine.reconnected();
    },
    // A turn finds out whether PostgreSQL still answers.
    lost() {
      for (const engine of engines.values()) engine.wake();
    },
  });
  return {
    main,
    open,
    opened: () => [...engines],
    async openSignIn() {
      signIn ??= await openPostgresSignIn(connection, options.log);
      return signIn;
    },
    async close() {
      await signIn?.close();
      await Promise.allSettled(opening.values());
      await Promise.all(Array.from(engines.values(), (engine) => engine.close()));
      await listener.close();
      await relays.close();
      await connection.close();
    },
  };
}
