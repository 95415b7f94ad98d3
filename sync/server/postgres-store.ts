import * as z from "zod/mini";
import { type Change, changeSchema, revSchema } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";
import { answerAgeMs } from "./kept-answers.ts";
import { listen, type NotifiedClient } from "./listen.ts";
import type { LoggedAnswer, LogStore, StoreTurn } from "./log-store.ts";
import { newEpoch, newLog } from "./new-log.ts";

/** The slice of a client of `pg` that is used; the app's own is what `write` and `read` are given. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  release(error?: Error | boolean): void;
  on(event: "error", listener: () => void): unknown;
  off(event: "error", listener: () => void): unknown;
}

export interface PostgresStoreOptions<Client extends PostgresClient> {
  /** A `Pool` of `pg`. */
  pool: { connect(): Promise<Client> };
  /** A client of its own to listen with, as `() => new pg.Client(url)`. Without it other processes are heard of within 5 s. */
  createListener?: () => NotifiedClient;
  /** Of several logs in one database; "main" by default. */
  name?: string;
  /** Milliseconds since 1970; the system's clock by default. */
  now?: () => number;
}

const channel = "tandem_log";
/** Old changes are deleted once in so many. */
const trimEvery = 500;
const changes = z.array(changeSchema);
const standing = z.object({ epoch: z.string(), head: z.pipe(z.coerce.number(), revSchema) });

/**
 * A log in PostgreSQL, beside the rows: `write` runs in a transaction that has the log's counter, so a row and its
 * change are committed together, revisions have no gaps, and any number of processes may write. Makes its
 * three tables, `tandem_logs`, `tandem_changes` and `tandem_answers`, when it is opened.
 */
export function postgresStore<Client extends PostgresClient>(
  options: PostgresStoreOptions<Client>,
): LogStore<Client> {
  const { pool, createListener, name = "main", now = Date.now } = options;
  let limit = 5_000;
  /** The last revision that this process told of. */
  let told: Revision | null = null;

  async function withClient<T>(run: (client: Client) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    // The query that uses a lost connection fails by itself.
    client.on("error", ignore);
    let isUsable = true;
    try {
      return await run(client);
    } catch (error) {
      // A connection that does not even roll back is not used again.
      isUsable = await client.query("rollback").then(
        () => true,
        () => false,
      );
      throw error;
    } finally {
      client.off("error", ignore);
      client.release(!isUsable);
    }
  }

  const inTransaction = <T>(
    begin: string,
    run: (client: Client) => Promise<{ value: T; commit: boolean }>,
  ): Promise<T> =>
    withClient(async (client) => {
      await client.query(begin);
      const { value, commit } = await run(client);
      await client.query(commit ? "commit" : "rollback");
      return value;
    });

  /** Where the log stands, and what it has after a revision, in one snapshot; null where that is not all. */
  async function readSince(client: PostgresClient, since: Revision) {
    const { rows } = await client.query(
      `select epoch, head, (
         select coalesce(json_agg(change order by rev), '[]') from tandem_changes
         where log = name and rev > greatest($2, head - $3)
       ) as changes from tandem_logs where name = $1`,
      [name, since.rev, limit],
    );
    const at = standing.parse(rows[0]);
    const read = changes.parse((rows[0] as { changes: unknown }).changes);
    const isSame = at.epoch === since.epoch && read.length === at.head - since.rev;
    return { ...at, missed: isSame ? read : null, latest: read };
  }

  async function append(client: Client, added: readonly Change[]): Promise<void> {
    const head = added.at(-1)?.rev;
    if (head === undefined) return;
    await client.query(
      `insert into tandem_changes (log, rev, change)
       select $1, (change ->> 'rev')::bigint, change from json_array_elements($2) as change`,
      [name, JSON.stringify(added)],
    );
    await client.query("update tandem_logs set head = $2 where name = $1", [name, head]);
    if (head % trimEvery < added.length) {
      const last = head - limit;
      await client.query("delete from tandem_changes where log = $1 and rev <= $2", [name, last]);
      await client.query("delete from tandem_answers where log = $1 and at < $2", [
        name,
        now() - answerAgeMs,
      ]);
    }
    // It carries nothing: whoever is woken reads the log.
    await client.query("select pg_notify($1, $2)", [channel, name]);
  }

  async function keep(client: Client, answer: LoggedAnswer): Promise<void> {
    const { key, fingerprint, value, rev, changes: made, at } = answer;
    // One that is too old to count may still be there.
    await client.query("delete from tandem_answers where log = $1 and key = $2", [name, key]);
    await client.query(
      `insert into tandem_answers (log, key, fingerprint, value, rev, changes, at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [name, key, fingerprint, JSON.stringify(value ?? null), rev, JSON.stringify(made), at],
    );
  }

  async function findAnswer(client: Client, key: string): Promise<LoggedAnswer | undefined> {
    const { rows } = await client.query(
      `select json_build_object('key', key, 'fingerprint', fingerprint, 'value', value, 'rev', rev,
         'changes', changes, 'at', at) as answer
       from tandem_answers where log = $1 and key = $2 and at > $3`,
      [name, key, now() - answerAgeMs],
    );
    return (rows[0] as { answer: LoggedAnswer } | undefined)?.answer;
  }

  return {
    open(most) {
      limit = most;
      return inTransaction("begin", async (client) => {
        // Of processes that start together one makes the tables.
        await client.query("select pg_advisory_xact_lock(hashtext('tandem_logs'))");
        await client.query(tables);
        const { epoch, head } = newLog(now);
        await client.query(
          "insert into tandem_logs (name, epoch, head) values ($1, $2, $3) on conflict do nothing",
          [name, epoch, head],
        );
        // Of a database that was put back, revisions that were told of would be given again.
        if (told) {
          const { rows } = await client.query(
            `update tandem_logs set epoch = $4, head = $3 where name = $1 and epoch = $2 and head < $3
             returning head`,
            [name, told.epoch, told.rev, newEpoch()],
          );
          if (rows.length > 0)
            await client.query("delete from tandem_changes where log = $1", [name]);
        }
        const at = await readSince(client, { epoch: "", rev: 0 });
        return { value: { epoch: at.epoch, head: at.head, changes: at.latest }, commit: true };
      });
    },
    write(since, run) {
      told = since;
      return inTransaction("begin", async (client) => {
        // Held until the end: it gives the order of the commits.
        await client.query("select 1 from tandem_logs where name = $1 for update", [name]);
        const { missed } = await readSince(client, since);
        const turn: StoreTurn<Client> = {
          tx: client,
          missed,
          findAnswer: (key) => findAnswer(client, key),
        };
        const entry = await run(turn);
        if (!entry) return { value: undefined, commit: false };
        await append(client, entry.changes);
        if (entry.answer) await keep(client, entry.answer);
        return { value: undefined, commit: true };
      });
    },
    read: (run) =>
      inTransaction("begin isolation level repeatable read read only", async (client) => {
        const { rows } = await client.query("select epoch, head from tandem_logs where name = $1", [
          name,
        ]);
        const { epoch, head: rev } = standing.parse(rows[0]);
        return { value: { value: await run(client), revision: { epoch, rev } }, commit: true };
      }),
    async follow(since) {
      told = since;
      const { missed } = await withClient((client) => readSince(client, since));
      return missed;
    },
    ...(createListener && {
      listen(woken) {
        const on = {
          woken: (log: string) => void (log === name && woken()),
          connected: woken,
          lost: woken,
        };
        const listener = listen(createListener, channel, on);
        return () => void listener.close();
      },
    }),
  };
}

function ignore(): void {}

const tables = `
  create table if not exists tandem_logs (name text primary key, epoch text not null, head bigint not null);
  create table if not exists tandem_changes (
    log text not null, rev bigint not null, change json not null, at timestamptz not null default now(),
    primary key (log, rev)
  );
  create table if not exists tandem_answers (
    log text not null, key text not null, fingerprint text not null, value json not null,
    rev bigint not null, changes json not null, at bigint not null,
    primary key (log, key)
  )`;
