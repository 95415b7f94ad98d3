import { onlineManager } from "@tanstack/react-query";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { type Change, createEmitter, type Revision, type Trace } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import { isPending, type Outbox, type OutboxEntry } from "./outbox.ts";
import { putOnTop } from "./overlay.ts";
import type { Queue } from "./queue.ts";
import { type Online, sendUntilAnswered } from "./sending.ts";
import { createTurns } from "./turns.ts";
import { rowKeyOf, type SendWrite, type Write } from "./writes.ts";

export interface OutboxOptions {
  queue: Queue;
  send: SendWrite;
  /** Applies what the server accepted to this tab before it returns, and broadcasts it. */
  publish: (asOf: Revision | null, changes: readonly Change[]) => void;
  trace: Pick<Trace, "begin">;
  online?: Online;
}

export interface OpenOutbox extends Outbox {
  /** Takes up what is stored and not yet known here, and sends what can be sent. */
  load(): Promise<void>;
  /** Sends nothing more. The queue is left to its maker to close. */
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
  const cancellations = new Map<string, AbortController>();
  let closed = false;

  async function deliver(write: Write, submittedAt: number, isStored = false) {
    const { key } = write;
    const cancellation = new AbortController();
    const { signal } = cancellation;
    if (closed) cancellation.abort();
    const turn = turns.join(key, rowKeyOf(write), { isStored, signal });
    const show = (state: OutboxEntry["state"], error: Error | null = null) =>
      queue.put({ write, submittedAt, state, error });
    cancellations.set(key, cancellation);
    show(turn.isDue ? "sending" : "waiting");
    try {
      await turn.due;
      show("sending");
      const answer = sendUntilAnswered(() => send(write, () => !signal.aborted), {
        online,
        signal,
        onUnanswered: (error) => show("waiting", error),
      });
      traceRequest(trace, write, answer);
      const confirmed = await answer;
      // Still on disk: the next page, or another tab, sends it again and finds that it is done.
      if (closed) signal.throwIfAborted();
      // Adjacent, so that there is no render between the overlay and the row.
      if (confirmed) publish(confirmed.asOf, confirmed.changes);
      queue.remove(key);
      confirmedWrites.emit({ write, submittedAt });
      return confirmed;
    } catch (error) {
      if (signal.aborted) queue.remove(key);
      else show(error instanceof ConflictError ? "conflict" : "failed", error as Error);
      throw error;
    } finally {
      cancellations.delete(key);
      turns.leave(key);
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
      // Of one whose next attempt is under way the entry stays until that ends: it may be accepted after all.
      if (state === "waiting") cancellations.get(key)?.abort();
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
      for (const each of cancellations.values()) each.abort();
      turns.close();
    },
  };
}

/** A failure is an entry of the queue, so that the caller may ignore the rejection. */
function handled<T>(delivery: Promise<T>): Promise<T> {
  delivery.catch(() => {});
  return delivery;
}

function traceRequest(
  trace: OutboxOptions["trace"],
  { type, id }: Write,
  answer: Promise<unknown>,
): void {
  const end = trace.begin(JSON.stringify(["write", type, id]), "the user");
  answer.then(
    () => end("ok"),
    () => end("failed"),
  );
}
