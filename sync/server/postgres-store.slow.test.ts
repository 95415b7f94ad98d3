import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createChangesHandler } from "./changes-handler.ts";
import { createLog } from "./log.ts";
import { postgresStore } from "./postgres-store.ts";
import { startPostgres, type TestPostgres } from "./testing/start-postgres.ts";

let postgres: TestPostgres;
let pool: pg.Pool;
let logs = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new pg.Pool({ connectionString: postgres.url, max: 8 });
  pool.on("error", () => {});
  await pool.query(
    "create table notes (id text primary key, title text not null, version bigint not null)",
  );
});
afterAll(async () => {
  await pool.end();
  await postgres.remove();
});

const newName = () => `log-${++logs}`;

/** One process with the log. */
async function open(name: string, { listens = true, maxChanges = 1_000 } = {}) {
  const createListener = () => new pg.Client(postgres.url);
  const onError = vi.fn();
  const log = await createLog({
    store: postgresStore({ pool, name, ...(listens && { createListener }) }),
    maxChanges,
    onError,
  });
  onTestFinished(log.close);
  const told: number[] = [];
  log.subscribe({ changed: (changes) => told.push(...changes.map(({ rev }) => rev)) });
  const put = (id: string, title: string, key?: string) =>
    log.write(
      async ({ tx, change, rev }) => {
        const row = { id, title, version: rev() };
        await tx.query(
          `insert into notes values ($1, $2, $3)
           on conflict (id) do update set title = excluded.title, version = excluded.version`,
          [id, title, row.version],
        );
        change({ resource: "notes", id, op: "update", row });
        if (title === "refused") throw new Error("refused");
        return row;
      },
      key === undefined ? null : { key, fingerprint: `${id} ${title}` },
    );
  const titleOf = (id: string) =>
    log.read(async (tx) => {
      const { rows } = await tx.query("select title, version from notes where id = $1", [id]);
      return rows[0] as { title: string; version: string } | undefined;
    });
  return { ...log, told, put, titleOf, onError };
}

test("a row and its change are committed together, or neither is", async () => {
  const name = newName();
  const log = await open(name);
  const start = log.revision();
  const { revision } = await log.put("together", "one");
  expect(revision.rev).toBe(start.rev + 1);
  await expect(log.put("together", "refused")).rejects.toThrow("refused");
  expect(await log.titleOf("together")).toEqual({
    value: { title: "one", version: String(revision.rev) },
    revision,
  });
  const after = await open(name);
  expect(after.since(start.rev)).toMatchObject([{ id: "together", row: { title: "one" } }]);
});

test("processes that write at once make one log without a gap, and each tells it in order", async () => {
  const name = newName();
  const processes = await Promise.all([1, 2, 3].map(() => open(name)));
  const start = Math.min(...processes.map((each) => each.revision().rev));
  const writes = processes.flatMap((each, at) =>
    Array.from({ length: 20 }, (_, n) => each.put(`n${n}`, `${at}`)),
  );
  const revs = (await Promise.all(writes)).map(({ revision }) => revision.rev);
  const expected = Array.from({ length: 60 }, (_, n) => start + 1 + n);
  expect(revs.toSorted((a, b) => a - b)).toEqual(expected);
  for (const { told, since, revision } of processes) {
    await expect.poll(() => revision().rev, { timeout: 20_000 }).toBe(start + 60);
    expect(told).toEqual(expected);
    expect(since(start)?.map(({ rev }) => rev)).toEqual(expected);
  }
});

test("a write of another process is told of within moments, by a notification", async () => {
  const name = newName();
  const [a, b] = [await open(name), await open(name, { listens: false })];
  const { revision } = await b.put("1", "from b");
  // Without the notification it would be five seconds.
  await expect.poll(() => a.revision(), { timeout: 4_000 }).toEqual(revision);
});

test("a reader that comes from another process is answered by one that has not heard of its revision yet", async () => {
  const name = newName();
  const [a, b] = [await open(name, { listens: false }), await open(name, { listens: false })];
  const { revision } = await b.put("1", "one");
  const { handle } = createChangesHandler(a);
  const since = `${revision.epoch}.${revision.rev}`;
  const response = await handle(new Request(`http://localhost/changes?since=${since}`));
  expect([response.status, await response.json()]).toMatchObject([
    200,
    { head: revision.rev, changes: [] },
  ]);
  expect((await b.put("1", "two")).revision.rev).toBe(revision.rev + 1);
  // What a read saw, the log can explain.
  const read = await a.titleOf("1");
  expect(read.value?.title).toBe("two");
  expect(a.since(revision.rev)).toHaveLength(1);
});

test("a retry with its key is answered once, by whichever process, and by one that starts later", async () => {
  const name = newName();
  const [a, b] = [await open(name), await open(name)];
  const both = await Promise.all([a.put("k", "once", "key"), b.put("k", "once", "key")]);
  expect(both.map(({ replayed }) => replayed).toSorted()).toEqual([false, true]);
  expect(both[0]).toEqual({ ...both[1], replayed: both[0]?.replayed });
  await expect(a.put("k", "other", "key")).rejects.toMatchObject({ status: 422 });
  const late = await open(name);
  expect(await late.put("k", "once", "key")).toMatchObject({ replayed: true });
  expect(late.revision()).toEqual(both[0]?.revision);
});

test("a log that is shorter than what was told, as after a restore, begins another epoch", async () => {
  const name = newName();
  const log = await open(name, { listens: false });
  const start = log.revision();
  for (const title of ["one", "two", "three"]) await log.put("1", title);
  const told = log.revision();
  await pool.query("delete from tandem_changes where log = $1 and rev > $2", [name, start.rev + 1]);
  await pool.query("update tandem_logs set head = $2 where name = $1", [name, start.rev + 1]);
  const restarted = vi.fn();
  log.subscribe({ restarted });
  const { revision } = await log.put("1", "after the restore");
  expect(restarted).toHaveBeenCalledOnce();
  expect(revision.epoch).not.toBe(told.epoch);
  expect(revision.rev).toBe(told.rev + 1);
  expect(log.since(told.rev - 1)).toBeNull();
});

test("old changes are deleted, and a process that was left behind reads everything again", async () => {
  const name = newName();
  const [writer, behind] = [
    await open(name, { maxChanges: 10 }),
    await open(name, { listens: false, maxChanges: 10 }),
  ];
  const restarted = vi.fn();
  behind.subscribe({ restarted });
  const many = (count: number) =>
    writer.write(({ change }) => {
      for (let n = 0; n < count; n += 1) change({ resource: "notes", id: `${n}`, op: "update" });
    });
  await many(600);
  const { rows } = await pool.query("select count(*) from tandem_changes where log = $1", [name]);
  expect(Number(rows[0].count)).toBeLessThanOrEqual(10);
  await expect.poll(() => behind.revision(), { timeout: 20_000 }).toEqual(writer.revision());
  expect(restarted).toHaveBeenCalledOnce();
});

test("a database that is gone is trouble, its clients crash nothing, and afterwards the log goes on", async () => {
  const name = newName();
  const log = await open(name);
  await log.put("1", "before");
  const { rev, epoch } = log.revision();
  await postgres.crash();
  await expect(log.put("1", "lost")).rejects.toThrow();
  await expect.poll(() => log.trouble(), { timeout: 20_000 }).not.toBeNull();
  await postgres.start();
  await expect.poll(() => log.trouble(), { timeout: 40_000 }).toBeNull();
  const { revision } = await log.put("1", "after");
  expect(revision).toEqual({ epoch, rev: rev + 1 });
  expect(log.onError).toHaveBeenCalled();
}, 120_000);
