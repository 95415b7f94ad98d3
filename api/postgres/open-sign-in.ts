import type { Kysely, Selectable } from "kysely";
import type { KeptSession, Member, SignInStore, Workspace } from "#api/engine/sign-in-store.ts";
import { listen } from "#sync/server";
import type { Connection } from "./connect.ts";
import { issueOf } from "./issue-of.ts";
import type { Schema } from "./schema.ts";

/** The tables are read this often, should a notification be lost. */
const pollMs = 5_000;

export interface PostgresSignIn extends SignInStore {
  close(): Promise<void>;
}

/**
 * Members and sessions of all workspaces in PostgreSQL, and in the memory of each replica: a request asks the database only for a session
 * that this replica has not heard of.
 */
export async function openPostgresSignIn(
  { db, createListener }: Connection,
  log: (line: string) => void,
): Promise<PostgresSignIn> {
  let workspaces: readonly Workspace[] = [];
  let members: readonly Member[] = [];
  let sessions = new Map<string, KeptSession>();
  const listeners = new Set<() => void>();
  let reading: Promise<void> | null = null;
  let isStale = false;

  async function read(): Promise<void> {
    do {
      isStale = false;
      const [workspaceRows, memberRows, sessionRows] = await Promise.all([
        db.selectFrom("workspaces").select(["id", "name"]).execute(),
        db.selectFrom("members").selectAll().execute(),
        db.selectFrom("sessions").selectAll().execute(),
      ]);
      workspaces = workspaceRows
        .map(({ id, name }) => ({ id, name: name ?? nameOf(id) }))
        .sort((a, b) => a.name.localeCompare(b.name, "en"));
      members = memberRows;
      sessions = new Map(sessionRows.map((row) => [row.hash, toSession(row)]));
    } while (isStale);
    for (const listener of listeners) listener();
  }

  /** Resolves when what is committed by now is known here. */
  function refresh(): Promise<void> {
    isStale = true;
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  function refreshSoon(): void {
    // The rows in memory go on; the engine says what is wrong with the database.
    refresh().catch((error) => log(`members and sessions: ${issueOf(error)}`));
  }

  await refresh();
  const listener = listen(createListener, "tandem_sign_in", {
    woken: refreshSoon,
    connected: refreshSoon,
    lost() {},
  });
  const poll = setInterval(refreshSoon, pollMs);
  poll.unref();

  return {
    workspaces: () => workspaces,
    members: () => members,
    sessions: () => [...sessions.values()],
    async findSession(hash) {
      const known = sessions.get(hash);
      if (known) return known;
      const row = await selectSession(db, hash);
      if (!row) return undefined;
      // Begun at another replica: its member may be new here as well.
      await refresh();
      return sessions.get(hash);
    },
    async putMember(member) {
      const { role, email, subject } = member;
      await db
        .insertInto("members")
        .values(member)
        .onConflict((conflict) =>
          conflict.columns(["workspace", "id"]).doUpdateSet({ role, email, subject }),
        )
        .execute();
      await refresh();
    },
    async removeMember({ workspace, id }) {
      await db
        .deleteFrom("members")
        .where("workspace", "=", workspace)
        .where("id", "=", id)
        .execute();
      await refresh();
    },
    async begin({ hash, id, workspace, memberId, startedAt, usedAt }) {
      await db
        .insertInto("sessions")
        .values({
          hash,
          id,
          workspace,
          member_id: memberId,
          started_at: startedAt,
          used_at: usedAt,
        })
        .execute();
      await refresh();
    },
    async touch(hash, usedAt) {
      const known = sessions.get(hash);
      if (known) sessions.set(hash, { ...known, usedAt });
      await db
        .updateTable("sessions")
        .set({ used_at: usedAt })
        .where("hash", "=", hash)
        .where("used_at", "<", usedAt)
        .execute();
    },
    async end(hashes) {
      await db
        .deleteFrom("sessions")
        .where("hash", "in", [...hashes])
        .execute();
      await refresh();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(poll);
      await listener.close();
      await reading?.catch(() => {});
    },
  };
}

/** "field-sales" is "Field sales". */
function nameOf(id: string): string {
  const words = id.replaceAll("-", " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function selectSession(db: Kysely<Schema>, hash: string) {
  return db.selectFrom("sessions").select("hash").where("hash", "=", hash).executeTakeFirst();
}

function toSession(row: Selectable<Schema["sessions"]>): KeptSession {
  return {
    hash: row.hash,
    id: row.id,
    workspace: row.workspace,
    memberId: row.member_id,
    startedAt: row.started_at,
    usedAt: row.used_at,
  };
}
