import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Schema } from "./schema.ts";

const int8 = 20;

export interface Connection {
  readonly db: Kysely<Schema>;
  /** A client of its own, for `LISTEN`: a pooled one may be another the next time. Not connected yet. */
  createListener(): pg.Client;
  close(): Promise<void>;
}

/** Connects when the first query needs it. Revisions are `bigint`, and never as large as 2^53. */
export function connect(url: string): Connection {
  const config = {
    connectionString: url,
    application_name: "tandem",
    connectionTimeoutMillis: 5_000,
    // A connection that is gone without a word, as after a failover, is noticed.
    keepAlive: true,
    types: {
      getTypeParser: ((oid: number, format?: "text") =>
        oid === int8
          ? Number
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
  // A transaction a workspace: they do not wait for one counter, and should not for a connection.
  const pool = new pg.Pool({ ...config, max: 10 });
  // A connection that ends is no error while it is idle, for the next query opens another; and the query that uses it
  // fails by itself.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    createListener: () => new pg.Client(config),
    close: () => db.destroy(),
  };
}

/** Whether an error says that the database refuses the values of a write: SQLSTATE class 22 or 23. */
export function isRefusedValue(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");
}

/** Deadlock, lock timeout or serialization failure: the transaction was undone, and may be tried again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(40001|40P01|55P03)$/.test(error.code ?? "");
}
