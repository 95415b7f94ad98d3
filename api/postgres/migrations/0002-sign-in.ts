import { type Kysely, sql } from "kysely";

/** Who may be in, and who is. Triggers wake all replicas, whoever ends a session: a replica, or `psql`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table members (
      workspace text not null references workspaces,
      id text not null check (char_length(id) between 1 and 200),
      role text not null check (role in ('viewer', 'editor', 'admin')),
      email text check (email = lower(email)),
      subject text,
      primary key (workspace, id),
      unique (workspace, subject)
    );

    create table sessions (
      hash text primary key,
      workspace text not null,
      id text not null,
      member_id text not null,
      started_at bigint not null,
      used_at bigint not null,
      foreign key (workspace, member_id) references members on delete cascade
    );
    create index sessions_of_member on sessions (workspace, member_id);

    create function wake_sign_in() returns trigger language plpgsql as $$
    begin
      perform pg_notify('tandem_sign_in', '');
      return null;
    end $$;
    create trigger wake after insert or update or delete on members
      for each statement execute function wake_sign_in();
    create trigger wake after insert or delete on sessions
      for each statement execute function wake_sign_in();
  `.execute(db);
}
