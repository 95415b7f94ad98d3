import { onlineManager } from "@tanstack/react-query";
import type { Confirmed } from "#data/server/api.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { type Change, createEmitter, type Revision, type Trace } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import { isPending, type Outbox, type OutboxEntry } from "./outbox.ts";
import { putOnTop } from "./overlay.ts";
import type { Queue } from "./queue.ts";
import { type Online, sendUntilAnswered } from "./sending.ts";
import { createTurns } from "./turns.ts";
import { rowKeyOf, type Write } from "./writes.ts";

export interface OutboxOptions {
  queue: Queue;
  /** One attempt. Makes no further request once the write is not wanted any more. */
  send: (write: Write, isWanted: () => boolean) => Promise<Confirmed | null>;
  /** Applies what the server accepted, here and in all other tabs, before it returns. */
  publish: (asOf: Revision | null, changes: readonly Change[]) => void;
  trace: Pick<Trace, "add" | "amend">;
  online?: Online;
}

export interface OpenOutbox extends Outbox {
  /** Takes up what is stored and not yet known here, and sends what can be sent. */
  load(): Promise<void>;
  /** Sends nothing more. The queue is its maker's to close. */
  close(): void;
}

/** Takes each write from the click to the row that the server made of it. */
export function createOutbox({
  queue,
  send,
  publish,
  trace,
  online = onlineManager,
}: OutboxOptions): OpenOutbox {
  const turns = createTurns(online);
  const confirmedWrites = createEmitter<{ write: Write; submittedAt: number }>();
  const underWay = new Map<string, AbortController>();
  let closed = false;

  async function deliver(write: Write, submittedAt: number, isStored = false) {
    const { key } = write;
    const withdrawal = new AbortController();
    const { signal } = withdrawal;
    if (closed) withdrawal.abort();
    const turn = turns.join(key, rowKeyOf(write), { isStored, signal });
    const show = (state: OutboxEntry["state"], error: Error | null = null) =>
      queue.put({ write, submittedAt, state, error });
    underWay.set(key, withdrawal);
    show(turn.isDue ? "sending" : "waiting");
    try {
      await turn.due;
      show("sending");
      const confirmed = await traced(write, () =>
        sendUntilAnswered(() => send(write, () => !signal.aborted), {
          online,
          signal,
          onUnanswered: (error) => show("waiting", error),
        }),
      );
      // It is still on disk: the next page, or another tab, finds that it is done.
      if (closed) signal.throwIfAborted();
      // Adjacent, so that there is no render between the row's overlay and the row.
      if (confirmed) publish(confirmed.asOf, confirmed.changes);
      queue.remove(key);
      confirmedWrites.emit({ write, submittedAt });
      return confirmed;
    } catch (error) {
      if (signal.aborted) queue.remove(key);
      else show(error instanceof ConflictError ? "conflict" : "failed", asError(error));
      throw error;
    } finally {
      underWay.delete(key);
      turns.leave(key);
    }
  }

  async function traced<T>({ type, id }: Write, run: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const target = JSON.stringify(["write", type, id]);
    const seq = trace.add({ type: "request", target, cause: "the user", state: "pending" });
    const end = (state: "ok" | "failed") => trace.amend(seq, { state, ms: Date.now() - started });
    try {
      const result = await run();
      end("ok");
      return result;
    } catch (error) {
      end("failed");
      throw error;
    }
  }

  return {
    get entries() {
      return queue.entries;
    },
    subscribe: queue.subscribe,
    send(asked) {
      const key = randomDigits() + randomDigits();
      const write = putOnTop(queue.entries, { ...asked, key });
      return handled(deliver(write, Date.now()));
    },
    retry(key, settled) {
      const failed = queue.get(key);
      if (!failed || isPending(failed)) return;
      const write = settled ? { ...settled, key } : failed.write;
      void handled(deliver(write, failed.submittedAt));
    },
    cancel(key) {
      const state = queue.get(key)?.state;
      // One whose next attempt is under way may arrive after all: it goes when that ends.
      if (state === "waiting") underWay.get(key)?.abort();
      else if (state !== "sending") queue.remove(key);
    },
    onConfirmed: (listener) =>
      confirmedWrites.subscribe(({ write, submittedAt }) => listener(write, submittedAt)),
    async load() {
      for (const entry of await queue.readStored()) {
        if (isPending(entry)) void handled(deliver(entry.write, entry.submittedAt, true));
        else queue.put(entry);
      }
    },
    close() {
      closed = true;
      for (const each of underWay.values()) each.abort();
      turns.close();
    },
  };
}

/** Its failure is an entry, so that a caller may ignore the rejection. */
function handled<T>(delivery: Promise<T>): Promise<T> {
  delivery.catch(() => {});
  return delivery;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
