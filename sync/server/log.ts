import { type Change, changeSchema } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";
import type { IdempotencyKey } from "./kept-answers.ts";
import type { LoggedAnswer, LogStore, StoreTurn } from "./log-store.ts";
import type { LogListener, ReadableLog } from "./readable-log.ts";
import { createRecentChanges } from "./recent-changes.ts";

/** Rows whose JSON is longer than this do not travel in changes: receivers read them again. */
export const maxTravellingRow = 16_384;

/** Milliseconds between two looks at a store that others write to, should its notifications be lost. */
const followMs = 5_000;

/** A change that is to be logged: its revision is given to it. */
export interface NewChange extends Omit<Change, "rev" | "version" | "parents" | "origin"> {
  readonly parents?: Change["parents"];
  /** The request's `Tandem-Origin`, as it is. */
  readonly origin?: string | null | undefined;
}

export interface Turn<Tx> {
  /** The transaction of the store: rows that are written in it are committed with their changes. */
  readonly tx: Tx;
  /** The revision that the next change gets: the version of its row. */
  rev(): number;
  /** Logs a change. Throws for one that could not travel: an id of 200 characters, say. */
  change(change: NewChange): Change;
  /** Runs once all is stored, before anybody learns of it: for rows that are held in memory. */
  onCommit(apply: () => void): void;
}

export interface Written<T> {
  readonly value: T;
  /** Where the log stood after the write. */
  readonly revision: Revision;
  /** Without their rows. */
  readonly changes: readonly Change[];
  /** It was done before: this is a retry with its key. */
  readonly replayed: boolean;
}

/** The log of a server's changes. */
export interface Log<Tx = undefined> extends ReadableLog {
  /**
   * Runs a write, one at a time, and stores its changes; durable when it resolves. Where `run` throws, nothing is
   * logged. With a `key`, a retry is answered by the first one's value (as JSON) and not run; the same key for
   * another request is rejected with an error whose `status` is 422.
   */
  write<T>(
    run: (turn: Turn<Tx>) => T | Promise<T>,
    key?: IdempotencyKey | null,
  ): Promise<Written<T>>;
  /** Reads rows, and says which revision they reflect. Rows that are held in memory must be read at once. */
  read<T>(run: (tx: Tx) => T | Promise<T>): Promise<{ value: T; revision: Revision }>;
  /** All changes that are held, oldest first: what rows in memory are made of when a server starts. */
  all(): readonly Change[];
  /** Why changes of other processes may be unknown here; null when they are not. */
  trouble(): string | null;
  /** Ends when what was asked is done. */
  close(): Promise<void>;
}

export interface LogOptions<Tx> {
  store: LogStore<Tx>;
  /** How many changes are held for tabs that missed them; 5,000 by default. */
  maxChanges?: number;
  /** Milliseconds since 1970; the system's clock by default. */
  now?: () => number;
  /** Hears of listeners that throw, and of a store that does not answer; `console.error` by default. */
  onError?: (error: unknown) => void;
}

export async function createLog<Tx = undefined>(options: LogOptions<Tx>): Promise<Log<Tx>> {
  const { store, maxChanges = 5_000, now = Date.now, onError = console.error } = options;
  let { epoch, head, changes: stored } = await store.open(maxChanges);
  const recent = createRecentChanges({ head, changes: stored, limit: maxChanges });
  const listeners = new Set<LogListener>();
  let trouble: string | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** What waits for its turn to look for what others have stored. */
  let following: Promise<void> | null = null;
  let isClosed = false;

  const revision = (): Revision => ({ epoch, rev: recent.head() });

  function notify(call: (listener: LogListener) => void): void {
    for (const listener of [...listeners]) {
      try {
        call(listener);
      } catch (error) {
        onError(error);
      }
    }
  }

  function publish(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    recent.append(changes);
    notify((listener) => listener.changed?.(changes));
  }

  async function reopen(): Promise<void> {
    ({ epoch, head, changes: stored } = await store.open(maxChanges));
    recent.reset(head, stored);
    notify((listener) => listener.restarted?.());
  }

  function setTrouble(next: string | null): void {
    if (next === trouble) return;
    trouble = next;
    notify((listener) => listener.trouble?.(next));
  }

  /** One after the other, so that changes are published in the order of their revisions. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = last.then(run);
    last = result.catch(() => {});
    return result;
  }

  async function readOn(): Promise<void> {
    following = null;
    try {
      const missed = await store.follow?.(revision());
      if (missed === null) await reopen();
      else publish(missed ?? []);
      setTrouble(null);
    } catch (error) {
      setTrouble("The server's log does not answer.");
      onError(error);
    }
  }

  function follow(): Promise<void> {
    if (isClosed) return Promise.resolve();
    following ??= inTurn(readOn);
    return following;
  }

  async function runOnce<T>(
    run: (turn: Turn<Tx>) => T | Promise<T>,
    key: IdempotencyKey | null | undefined,
  ): Promise<Written<T> | null> {
    let written: Written<T> | null = null;
    const changes: Change[] = [];
    const applied: (() => void)[] = [];
    await store.write(revision(), async ({ tx, missed, findAnswer }: StoreTurn<Tx>) => {
      if (!missed) return null;
      publish(missed);
      const known = key && (await findAnswer(key.key));
      if (known) {
        written = replay(known, key);
        return { changes };
      }
      const { rev } = revision();
      const value = await run({
        tx,
        rev: () => rev + changes.length + 1,
        change(change) {
          const logged = toChange(change, rev + changes.length + 1);
          changes.push(logged);
          return logged;
        },
        onCommit: (apply) => applied.push(apply),
      });
      const rows = changes.map(({ row: _, ...change }) => change);
      const after = { epoch, rev: rev + changes.length };
      written = { value, revision: after, changes: rows, replayed: false };
      const answer = key && { ...key, value, rev: after.rev, changes: rows, at: now() };
      return { changes, ...(answer && { answer }) };
    });
    if (!written) return null;
    try {
      for (const apply of applied) apply();
    } finally {
      publish(changes);
    }
    return written;
  }

  function replay<T>(known: LoggedAnswer, key: IdempotencyKey): Written<T> {
    if (known.fingerprint !== key.fingerprint) throw keyReused();
    const revision = { epoch, rev: known.rev };
    return { value: known.value as T, revision, changes: known.changes, replayed: true };
  }

  const stop = store.listen?.(() => void follow());
  const timer = store.follow && setInterval(follow, followMs);
  timer?.unref();

  return {
    revision,
    since: recent.since,
    all: recent.all,
    subscribe(listener) {
      // Wrapped, so that one listener subscribed twice is two subscriptions with an undo each.
      const own = { ...listener };
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    write: (run, key) =>
      inTurn(async () => {
        if (isClosed) throw new Error("The log is closed.");
        const written = await runOnce(run, key);
        if (written) return written;
        await reopen();
        const again = await runOnce(run, key);
        if (!again) throw new Error("The log was replaced by another one, twice.");
        return again;
      }),
    async read(run) {
      if (store.read) {
        const answer = await store.read(async (tx) => run(tx));
        // Whoever asks what led to it is told.
        if (answer.revision.rev > recent.head()) await follow();
        return answer;
      }
      // A store without `read` gives its writes no transaction.
      const value = run(undefined as Tx);
      const asOf = revision();
      return { value: await value, revision: asOf };
    },
    trouble: () => trouble,
    async reach(rev) {
      if (store.follow && rev > recent.head()) await follow();
    },
    async close() {
      isClosed = true;
      stop?.();
      clearInterval(timer);
      await last;
      await store.close?.();
    },
  };
}

function toChange({ origin, ...change }: NewChange, rev: number): Change {
  const { row, ...rest } = change;
  const travels = row !== undefined && JSON.stringify(row).length <= maxTravellingRow;
  const logged = {
    rev,
    version: rev,
    parents: {},
    ...rest,
    ...(travels && change.op !== "delete" && { row }),
    ...(origin && { origin: origin.slice(0, 200) }),
  };
  const { success, error } = changeSchema.safeParse(logged);
  if (!success) throw new RangeError(`This change cannot be logged: ${error.message}`);
  return logged;
}

function keyReused(): Error {
  const error = new Error("This Idempotency-Key was used for another request.");
  // By these Express, Hono and Fastify answer.
  return Object.assign(error, { name: "IdempotencyKeyReused", status: 422, statusCode: 422 });
}
