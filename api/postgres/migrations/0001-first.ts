import { type Kysely, sql } from "kysely";

/**
 * The log is written by triggers in the transaction of the change, so that whoever changes a row is seen. Revisions
 * come from the counter of the workspace, which the transaction holds until it commits: they have no holes, and are
 * in the order of the commits. A sequence would have both faults.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table workspaces (
      id text primary key,
      head bigint not null default 0,
      base bigint not null default 0,
      incarnation uuid not null default gen_random_uuid()
    );

    create table users (
      workspace text not null references workspaces,
      id text not null check (char_length(id) between 1 and 200),
      name text not null check (char_length(name) between 1 and 200),
      role text check (char_length(role) <= 200),
      own json check (json_typeof(own) = 'object'),
      position bigint generated always as identity,
      primary key (workspace, id)
    );

    create table accounts (
      workspace text not null references workspaces,
      id text not null check (char_length(id) between 1 and 200),
      name text not null check (char_length(name) between 1 and 200),
      owner_id text,
      plan text not null check (char_length(plan) <= 60),
      status text not null check (char_length(status) <= 60),
      notes text check (char_length(notes) <= 10000),
      industry text check (char_length(industry) <= 200),
      city text check (char_length(city) <= 200),
      since date,
      mrr double precision check (mrr >= 0 and mrr < 'Infinity'),
      renewal_date date,
      own json check (json_typeof(own) = 'object'),
      position bigint generated always as identity,
      primary key (workspace, id),
      foreign key (workspace, owner_id) references users
    );

    create table activities (
      workspace text not null references workspaces,
      id text not null check (char_length(id) between 1 and 200),
      account_id text not null,
      kind text not null check (char_length(kind) between 1 and 60),
      title text not null check (char_length(title) between 1 and 300),
      body text check (char_length(body) <= 10000),
      at timestamptz not null check (at >= '0001-01-01Z' and at < '10000-01-01Z'),
      pinned boolean not null default false,
      author_id text,
      own json check (json_typeof(own) = 'object'),
      position bigint generated always as identity,
      primary key (workspace, id),
      foreign key (workspace, account_id) references accounts,
      foreign key (workspace, author_id) references users
    );
    create index activities_of_account on activities (workspace, account_id, at desc, id desc);

    create table tasks (
      workspace text not null references workspaces,
      id text not null check (char_length(id) between 1 and 200),
      account_id text not null,
      title text not null check (char_length(title) between 1 and 300),
      due_date date,
      assignee_id text,
      done boolean not null default false,
      created_at timestamptz check (created_at >= '0001-01-01Z' and created_at < '10000-01-01Z'),
      done_at timestamptz check (done_at >= '0001-01-01Z' and done_at < '10000-01-01Z'),
      author_id text,
      own json check (json_typeof(own) = 'object'),
      position bigint generated always as identity,
      primary key (workspace, id),
      foreign key (workspace, account_id) references accounts,
      foreign key (workspace, assignee_id) references users,
      foreign key (workspace, author_id) references users
    );
    create index tasks_of_account on tasks (workspace, account_id);

    create table parts (
      workspace text not null references workspaces,
      name text not null,
      kind text not null check (kind in ('collection', 'singular', 'other')),
      value json,
      position bigint generated always as identity,
      primary key (workspace, name)
    );

    create table rows (
      workspace text not null,
      resource text not null,
      id text not null check (char_length(id) between 1 and 200),
      row json not null check (json_typeof(row) = 'object'),
      position bigint generated always as identity,
      primary key (workspace, resource, id),
      foreign key (workspace, resource) references parts,
      check (id = row ->> 'id')
    );

    create table row_versions (
      workspace text not null,
      resource text not null,
      id text not null,
      rev bigint not null,
      primary key (workspace, resource, id)
    );

    create table changes (
      workspace text not null references workspaces,
      rev bigint not null,
      resource text not null,
      id text not null,
      op text not null check (op in ('create', 'update', 'delete')),
      image json not null,
      origin text,
      at timestamptz not null default clock_timestamp(),
      role text not null default session_user,
      primary key (workspace, rev)
    );
    create index changes_of_row on changes (workspace, resource, id, rev desc);

    create table answers (
      workspace text not null references workspaces,
      key text not null,
      fingerprint text not null,
      status integer not null,
      body json,
      changes json not null,
      rev bigint not null,
      at bigint not null,
      primary key (workspace, key)
    );
    create index answers_by_age on answers (at);
  `.execute(db);

  await sql`
    create function append_change(workspace_id text, resource_name text, row_id text, operation text, row_image json)
    returns void language plpgsql as $$
    declare
      next bigint;
    begin
      update workspaces set head = head + 1 where id = workspace_id returning head into next;
      insert into changes (workspace, rev, resource, id, op, image, origin)
      values (workspace_id, next, resource_name, row_id, operation, row_image,
        nullif(current_setting('tandem.origin', true), ''));
      if operation = 'delete' then
        delete from row_versions where workspace = workspace_id and resource = resource_name and id = row_id;
      else
        insert into row_versions (workspace, resource, id, rev) values (workspace_id, resource_name, row_id, next)
        on conflict (workspace, resource, id) do update set rev = next;
      end if;
      -- It carries nothing: who is woken reads the log. PostgreSQL sends equal ones of a transaction once.
      perform pg_notify('tandem', workspace_id);
    end $$;

    create function parent_of(resource_name text, image json) returns text language sql immutable as $$
      select case
        when resource_name in ('users', 'accounts', 'activities', 'tasks') then image ->> 'account_id'
        when json_typeof(image -> 'row' -> 'accountId') = 'string' then image -> 'row' ->> 'accountId'
        else coalesce((image -> 'row' -> 'accountId')::text, 'undefined')
      end $$;

    -- One change for each row that is not as it was; two for one that has another parent, id or workspace.
    create function log_change() returns trigger language plpgsql as $$
    declare
      old_image json := case when tg_op <> 'INSERT' then row_to_json(old) end;
      new_image json := case when tg_op <> 'DELETE' then row_to_json(new) end;
      old_resource text := case tg_table_name when 'rows' then old_image ->> 'resource' else tg_table_name end;
      new_resource text := case tg_table_name when 'rows' then new_image ->> 'resource' else tg_table_name end;
      moves boolean := tg_op = 'UPDATE' and (
        old.workspace <> new.workspace or old.id <> new.id or old_resource <> new_resource or
        parent_of(old_resource, old_image) is distinct from parent_of(new_resource, new_image));
    begin
      if current_setting('tandem.importing', true) = 'on' then return null; end if;
      if tg_op = 'UPDATE' and old_image::text = new_image::text then return null; end if;
      if tg_op = 'DELETE' or moves then
        perform append_change(old.workspace, old_resource, old.id, 'delete', old_image);
      end if;
      if tg_op <> 'DELETE' then
        perform append_change(new.workspace, new_resource, new.id,
          case when tg_op = 'INSERT' or moves then 'create' else 'update' end, new_image);
      end if;
      return null;
    end $$;

    -- An object beside the collections is one row of its own.
    create function log_part() returns trigger language plpgsql as $$
    begin
      if current_setting('tandem.importing', true) = 'on' then return null; end if;
      if tg_op <> 'INSERT' and old.kind = 'singular' and
        (tg_op = 'DELETE' or new.kind <> 'singular' or new.name <> old.name) then
        perform append_change(old.workspace, old.name, old.name, 'delete', row_to_json(old));
      end if;
      if tg_op <> 'DELETE' and new.kind = 'singular' then
        if tg_op = 'UPDATE' and old::text = new::text then return null; end if;
        perform append_change(new.workspace, new.name, new.name,
          case when tg_op = 'INSERT' then 'create' else 'update' end, row_to_json(new));
      end if;
      return null;
    end $$;

    create function refuse_truncate() returns trigger language plpgsql as $$
    begin
      raise exception 'the log would not see a TRUNCATE of %: use DELETE', tg_table_name;
    end $$;
  `.execute(db);

  for (const table of ["users", "accounts", "activities", "tasks", "rows", "parts"]) {
    const of = sql.table(table);
    const call = sql.raw(table === "parts" ? "log_part" : "log_change");
    await sql`
      create trigger log after insert or update or delete on ${of} for each row execute function ${call}();
      create trigger no_truncate before truncate on ${of} execute function refuse_truncate();
    `.execute(db);
  }
}
