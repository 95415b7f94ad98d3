import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import type { Schema } from "#api/postgres/schema.ts";
import * as first from "./0001-first.ts";
import * as signIn from "./0002-sign-in.ts";
import * as history from "./0003-history.ts";
import * as workspaces from "./0004-workspaces.ts";

/**
 * Brings the database up to date, under a lock: of replicas that start together one does it. Forward only; a migration
 * must leave what the release before it uses, for that runs on beside it.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () => ({
        "0001-first": first,
        "0002-sign-in": signIn,
        "0003-history": history,
        "0004-workspaces": workspaces,
      }),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
