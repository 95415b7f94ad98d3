import { type Kysely, sql } from "kysely";

/** Workspaces have names that people see. Triggers wake all replicas when there is another one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table workspaces
      add column name text check (char_length(name) between 1 and 60),
      add constraint workspaces_id check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$') not valid;
    create trigger wake after insert or delete or update of name on workspaces
      for each statement execute function wake_sign_in();
    create index members_of_subject on members (subject);
  `.execute(db);
}
