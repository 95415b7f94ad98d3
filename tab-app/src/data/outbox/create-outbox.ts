import { onlineManager } from "@tanstack/react-query";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { type Change, createEmitter, type Revision, type Trace } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import { type ConfirmedWrite, isPending, type Outbox, type OutboxEntry } from "./outbox.ts";
import { putOnTop } from "./overlay.ts";
import type { Queue } from "./queue.ts";
import { type Online, sendUntilAnswered } from "./sending.ts";
import { createTurns } from "./turns.ts";
import { heldBy, type SendWrite, type Write } from "./writes.ts";

export interface OutboxOptions {
  queue: Queue;
  send: SendWrite;
  /** Applies what the server accepted to this tab before it returns, and broadcasts it. */
  publish: (asOf: Revision | null, changes: readonly Change[]) => void;
  trace: Pick<Trace, "begin">;
  /** The stamp of the draft that a write was typed in, if there is one. */
  stampOfDraft?: (write: Write) => string | null;
  online?: Online;
}

export interface OpenOutbox extends Outbox {
  /** Takes up what is stored and not yet known here, and sends what can be sent. */
  load(): Promise<void>;
  /** Sends nothing more. The queue is left to its maker to close. */
  close(): void;
}

type Asked = Pick<OutboxEntry, "write" | "number" | "draft" | "submittedAt">;

/** Takes each write from the click to the row that the server made of it. */
export function createOutbox({
  queue,
  send,
  publish,
  trace,
  stampOfDraft = () => null,
  online = onlineManager,
}: OutboxOptions): OpenOutbox {
  const turns = createTurns(online);
  const askedWrites = createEmitter<Write>();
  const confirmedWrites = createEmitter<ConfirmedWrite>();
  const cancellations = new Map<string, AbortController>();
  let closed = false;

  async function deliver(asked: Asked, isStored = false) {
    const { write, number, draft, submittedAt } = asked;
    const { key } = write;
    const cancellation = new AbortController();
    const { signal } = cancellation;
    if (closed) cancellation.abort();
    const turn = turns.join(key, heldBy(write), { isStored, signal });
    const show = (state: OutboxEntry["state"], error: Error | null = null) =>
      queue.put({ write, number, draft, submittedAt, state, error });
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
      confirmedWrites.emit({ write, draft, answer: confirmed });
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
    send(asked, { typed } = { typed: true }) {
      const key = randomDigits() + randomDigits();
      const write = putOnTop(queue.entries, { ...asked, key });
      const number = queue.nextNumber();
      const draft = typed ? stampOfDraft(write) : null;
      askedWrites.emit(write);
      return handled(deliver({ write, number, draft, submittedAt: Date.now() }));
    },
    retry(key, settled) {
      const failed = queue.get(key);
      if (!failed || isPending(failed)) return;
      const write = settled ? { ...settled, key } : failed.write;
      void handled(deliver({ ...failed, write, number: queue.nextNumber() }));
    },
    cancel(key) {
      const state = queue.get(key)?.state;
      // Of one whose next attempt is under way the entry stays until that ends: it may be accepted after all.
      if (state === "waiting") cancellations.get(key)?.abort();
      else if (state !== "sending") queue.remove(key);
    },
    onAsked: askedWrites.subscribe,
    onConfirmed: confirmedWrites.subscribe,
    async load() {
      for (const entry of await queue.readStored()) {
        if (isPending(entry)) void handled(deliver(entry, true));
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
