import { sql } from "kysely";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { KeptSession } from "#api/engine/sign-in-store.ts";
import { createSessions } from "#api/sign-in/sessions.ts";
import { smallData } from "#api/testing/data-file.ts";
import {
  createTestDatabase,
  startPostgres,
  type TestPostgres,
} from "#api/testing/start-postgres.ts";
import { connect } from "./connect.ts";
import { openPostgresSignIn } from "./open-sign-in.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const member = {
  workspace: "main",
  id: "usr-1",
  role: "editor",
  email: "ed@example.com",
  subject: "issuer ed",
} as const;

/** Two replicas on a database of their own. */
async function startReplicas() {
  const url = await createTestDatabase(postgres.url, Buffer.from(JSON.stringify(smallData)));
  const open = async () => {
    const connection = connect(url);
    const store = await openPostgresSignIn(connection, () => {});
    const sessions = createSessions({
      store,
      idleMs: 3_600_000,
      maxMs: 3_600_000,
      now: Date.now,
      log: () => {},
    });
    onTestFinished(async () => {
      sessions.close();
      await store.close();
      await connection.close();
    });
    return { store, sessions, db: connection.db };
  };
  const [a, b] = [await open(), await open()];
  await a.store.putMember(member);
  return { a, b, open };
}

test("a session that one replica begins is known to another by its next request", async () => {
  const { a, b, open } = await startReplicas();
  const { secret } = await a.sessions.begin(member, undefined);
  expect(await b.sessions.find(secret)).toMatchObject({ userId: "usr-1", role: "editor" });
  const later = await open();
  expect(await later.sessions.find(secret)).toMatchObject({ userId: "usr-1" });
  const stored = await sql<{ line: string }>`select s::text as line from sessions s`.execute(a.db);
  expect(stored.rows[0]?.line).not.toContain(secret);
  expect(await b.sessions.find("junk")).toBeNull();
});

test.each([
  ["a sign-out at another replica", "sign-out"],
  ["the removal of the member at another replica", "removal"],
  ["a line of SQL", "sql"],
])("%s ends the streams of this one", async (_, how) => {
  const { a, b } = await startReplicas();
  const { secret } = await a.sessions.begin(member, undefined);
  const sender = await b.sessions.find(secret);
  const ended = new Promise<void>((resolve) => sender?.onEnd(resolve));
  if (how === "sign-out") await a.sessions.end([member]);
  if (how === "removal") await a.store.removeMember(member);
  if (how === "sql") await sql`delete from sessions where member_id = 'usr-1'`.execute(a.db);
  await ended;
  expect(await b.sessions.find(secret)).toBeNull();
});

test("a role that is changed counts at every replica, and use is noted for all", async () => {
  const { a, b } = await startReplicas();
  const { secret } = await a.sessions.begin(member, undefined);
  await b.sessions.find(secret);
  const heard = new Promise<void>((resolve) => b.store.subscribe(resolve));
  await a.store.putMember({ ...member, role: "viewer" });
  await heard;
  expect(await b.sessions.find(secret)).toMatchObject({ role: "viewer" });
  const [session] = a.store.sessions() as [KeptSession];
  const at = session.usedAt + 60_000;
  await b.store.touch(session.hash, at);
  const rows = await sql<{ used_at: number }>`select used_at from sessions`.execute(a.db);
  expect(rows.rows).toEqual([{ used_at: at }]);
});
