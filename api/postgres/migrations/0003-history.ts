import { type Kysely, sql } from "kysely";

/**
 * A change of an account names who made it and how the row was before: its history is read from the log. The
 * functions of the release before do the same as before, for whoever calls them with their arguments.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table changes add column author text, add column former json;

    create function append_change(
      workspace_id text, resource_name text, row_id text, operation text, row_image json, former_image json
    ) returns void language plpgsql as $$
    declare
      next bigint;
    begin
      update workspaces set head = head + 1 where id = workspace_id returning head into next;
      insert into changes (workspace, rev, resource, id, op, image, former, origin, author)
      values (workspace_id, next, resource_name, row_id, operation, row_image, former_image,
        nullif(current_setting('tandem.origin', true), ''), nullif(current_setting('tandem.author', true), ''));
      if operation = 'delete' then
        delete from row_versions where workspace = workspace_id and resource = resource_name and id = row_id;
      else
        insert into row_versions (workspace, resource, id, rev) values (workspace_id, resource_name, row_id, next)
        on conflict (workspace, resource, id) do update set rev = next;
      end if;
      perform pg_notify('tandem', workspace_id);
    end $$;

    create or replace function append_change(
      workspace_id text, resource_name text, row_id text, operation text, row_image json
    ) returns void language sql as $$
      select append_change(workspace_id, resource_name, row_id, operation, row_image, null)
    $$;

    create or replace function log_change() returns trigger language plpgsql as $$
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
        perform append_change(old.workspace, old_resource, old.id, 'delete', old_image, null);
      end if;
      if tg_op <> 'DELETE' then
        perform append_change(new.workspace, new_resource, new.id,
          case when tg_op = 'INSERT' or moves then 'create' else 'update' end, new_image,
          -- Of others nobody asks.
          case when tg_table_name = 'accounts' and not moves then old_image end);
      end if;
      return null;
    end $$;
  `.execute(db);
}
