import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { beginTransaction, nextOf } from "#api/engine/begin-transaction.ts";
import type { Engine } from "#api/engine/engine.ts";
import type { Relay } from "#api/engine/relay.ts";
import { createRowStore } from "#api/engine/row-store.ts";
import {
  answerAll,
  createWriteQueue,
  type QueuedWrite,
  refuseAll,
} from "#api/engine/write-queue.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { IdempotentAnswer } from "#api/writes/idempotent-answer.ts";
import { refused, runWrite } from "#api/writes/run-write.ts";
import { answerAgeMs } from "#sync/server";
import { type Connection, isRefusedValue, isRetryable } from "./connect.ts";
import { Diverged, followLog } from "./follow-log.ts";
import { issueOf } from "./issue-of.ts";
import { loadState, readEpoch } from "./load-state.ts";
import { readHistory } from "./read-history.ts";
import { toStoredForm } from "./tables.ts";
import { findAnswers, keepAnswers, readHead, takeCounter, writePuts } from "./write-batch.ts";

/** The log is read this often, should a notification be lost. */
const pollMs = 5_000;
const maxAttempts = 5;

export interface PostgresEngineOptions {
  db: Connection["db"];
  /** Whose rows are served. It exists. */
  workspace: string;
  relay: Relay;
  maxChanges: number;
  now: () => number;
  log: (line: string) => void;
}

export interface PostgresEngine extends Engine {
  /** The log of the workspace goes on. */
  wake(): void;
  /** Notifications may have been missed, and the database may be another one than before. */
  reconnected(): void;
}

/**
 * The engine that stores the rows of a workspace in PostgreSQL. It has all of them in memory, for reads, and follows the
 * log in the database; a write is run on the rows in memory while it holds the counter of the workspace, so any number of
 * replicas may run beside each other.
 */
export async function openPostgresEngine(options: PostgresEngineOptions): Promise<PostgresEngine> {
  const { db, workspace, relay, maxChanges, now, log } = options;
  const saved = await loadState(db, workspace, maxChanges);
  const store = createRowStore(saved, { now, log, maxChanges });
  /** Set when the database may be another than before: after a lost connection, and at the start of listening. */
  let isEpochChecked = false;
  let lag = 0;
  let cleanedAt = Number.NEGATIVE_INFINITY;

  async function reload(why: string): Promise<void> {
    log(`all rows are read again: ${why}`);
    // Revisions that this replica has told of are gone, and will be given again: they need another epoch.
    await db
      .updateTable("workspaces")
      .set({ incarnation: sql`gen_random_uuid()` })
      .where("id", "=", workspace)
      .where("head", "<", store.state().rev)
      .execute();
    store.restart(await loadState(db, workspace, maxChanges));
  }

  async function follow(): Promise<void> {
    const head = await readHead(db, workspace);
    const { epoch, rev } = store.state();
    if (!isEpochChecked || head < rev) {
      const isOther = head < rev || (await readEpoch(db, workspace)) !== epoch;
      if (isOther) await reload("the database is not the one of before");
      isEpochChecked = true;
    }
    lag = Math.max(0, head - store.state().rev);
    if (head > store.state().rev) await followLog(db, workspace, store);
    if (head > store.state().rev) throw new Diverged("rows were imported");
  }

  /** One transaction for all of them, which are answered once it is committed. */
  async function commit(batch: readonly QueuedWrite[]): Promise<void> {
    const { written, results } = await db.transaction().execute(async (transaction) => {
      const head = await takeCounter(transaction, workspace);
      await followLog(transaction, workspace, store);
      const { rev } = store.state();
      if (head !== rev) throw new Diverged(`the log ends at ${rev}, and the counter at ${head}`);
      const written = beginTransaction(store, { toStoredForm });
      const fresh = new Map<string, IdempotentAnswer>();
      const keys = batch.flatMap(({ key }) => key ?? []);
      const answers = await findAnswers(transaction, workspace, keys, now() - answerAgeMs);
      const results = batch.map((queued) =>
        runWrite(written, queued, { fresh, answers, now, log }),
      );
      await writePuts(transaction, workspace, store, written.puts);
      const end = await readHead(transaction, workspace);
      if (end !== written.rev())
        throw new Diverged(`the counter went to ${end}, and not to ${written.rev()}`);
      await keepAnswers(transaction, workspace, [...fresh.values()]);
      return { written, results };
    });
    if (written.changes.length > 0) store.advance(nextOf(written), written.changes);
    answerAll(batch, results);
  }

  /** Refused values of one write are no reason to refuse the others. */
  async function commitEach(batch: readonly QueuedWrite[]): Promise<void> {
    try {
      await commitPatiently(batch);
    } catch (error) {
      if (!isRefusedValue(error)) throw error;
      if (batch.length > 1) for (const one of batch) await commitEach([one]);
      else {
        const refusal = new Refusal(422, `The database refuses this row: ${error.message}.`);
        answerAll(batch, [refused(refusal, store.state().rev)]);
      }
    }
  }

  async function commitPatiently(batch: readonly QueuedWrite[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await commit(batch);
        return;
      } catch (error) {
        const isLast = attempt === maxAttempts;
        if (isLast || !(isRetryable(error) || error instanceof Diverged)) throw error;
        if (error instanceof Diverged) await reload(error.message);
        else await pause(Math.random() * 50 * attempt);
      }
    }
  }

  async function cleanUp(): Promise<void> {
    if (now() - cleanedAt < 3_600_000) return;
    cleanedAt = now();
    await db
      .deleteFrom("answers")
      .where("at", "<", now() - answerAgeMs)
      .execute();
  }

  const queue = createWriteQueue(store, async (take) => {
    let batch: readonly QueuedWrite[] = [];
    try {
      await follow().catch(async (error) => {
        if (!(error instanceof Diverged)) throw error;
        await reload(error.message);
      });
      batch = take();
      if (batch.length > 0) await commitEach(batch);
      await cleanUp();
      store.setFile("ok");
    } catch (error) {
      isEpochChecked = false;
      const reason = `PostgreSQL does not answer as it should: ${issueOf(error)}`;
      log(reason);
      store.setFile({ broken: reason });
      const failed = batch.length > 0 ? batch : take();
      // Of those without an answer. What was sent may be committed: an Idempotency-Key tells, when it is sent again.
      refuseAll(
        failed,
        `It is not known whether the change was saved. ${reason}`,
        store.state().rev,
        504,
      );
    }
  });
  const poll = setInterval(queue.wake, pollMs);
  poll.unref();
  return {
    store,
    relay,
    submit: queue.submit,
    behind() {
      const file = store.file();
      return file === "ok" ? null : file.broken;
    },
    readHistory: (accountId, before, limit) =>
      readHistory(db, workspace, { accountId, before, limit }),
    load: () => ({ queued: queue.length, lag }),
    wake: queue.wake,
    reconnected() {
      isEpochChecked = false;
      queue.wake();
    },
    async close() {
      clearInterval(poll);
      await queue.close();
    },
  };
}
