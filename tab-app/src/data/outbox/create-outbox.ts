import { onlineManager } from "@tanstack/react-query";
import type { Confirmed } from "#data/server/api.ts";
import { UnreachableError } from "#data/server/api-error.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { type Change, createEmitter, type Revision, type Trace } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import { type Fields, mergeEdit } from "./merge-edit.ts";
import { type ConfirmedWrite, isPending, type Outbox, type OutboxEntry } from "./outbox.ts";
import { putOnTop } from "./overlay.ts";
import type { Queue } from "./queue.ts";
import { type Online, sendUntilAnswered } from "./sending.ts";
import { createTurns } from "./turns.ts";
import { heldBy, type NewWrite, type SendBatch, type SendWrite, type Write } from "./writes.ts";

export interface OutboxOptions {
  queue: Queue;
  send: SendWrite;
  /** Sends several in one request, where the server takes that. */
  sendBatch?: SendBatch;
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

type Asked = Pick<OutboxEntry, "write" | "number" | "draft" | "submittedAt" | "batch">;
type Outcome = PromiseSettledResult<Confirmed | null>;

/** Takes each write from the click to the row that the server made of it. */
export function createOutbox({
  queue,
  send,
  sendBatch,
  publish,
  trace,
  stampOfDraft = () => null,
  online = onlineManager,
}: OutboxOptions): OpenOutbox {
  const turns = createTurns(online);
  const askedWrites = createEmitter<readonly Write[]>();
  const confirmedWrites = createEmitter<ConfirmedWrite>();
  const cancellations = new Map<string, () => void>();
  const deliveries = new Set<AbortController>();
  let closed = false;

  /** Delivers one write, or those of one batch. Resolves with what became of each. */
  async function deliver(group: readonly Asked[], isStored = false): Promise<readonly Outcome[]> {
    const delivery = new AbortController();
    const { signal } = delivery;
    const outcomes = new Map<string, Outcome>();
    const withdrawn = new Set<string>();
    let isUnderWay = false;
    const open = () => group.filter(({ write }) => !outcomes.has(write.key));
    const isWanted = ({ key }: Write) => !signal.aborted && !withdrawn.has(key);
    const showAll = (state: OutboxEntry["state"], error: Error | null = null) => {
      for (const asked of open()) queue.put({ ...asked, state, error });
    };
    const end = ({ write: { key } }: Asked, outcome: Outcome) => {
      outcomes.set(key, outcome);
      cancellations.delete(key);
    };
    /** Takes what was withdrawn out of the batch, unless it is on its way. */
    const drop = () => {
      if (isUnderWay) return;
      for (const asked of open().filter(({ write }) => withdrawn.has(write.key))) {
        end(asked, { status: "rejected", reason: AbortSignal.abort().reason });
        queue.remove(asked.write.key);
      }
    };
    /** What is accepted leaves the outbox; what is refused stays, unless nobody wants it any more. */
    const conclude = (asked: Asked, outcome: Outcome) => {
      const { key } = asked.write;
      end(asked, outcome);
      if (outcome.status === "fulfilled" || withdrawn.has(key)) queue.remove(key);
      else queue.put({ ...asked, state: stateAfter(outcome.reason), error: outcome.reason });
    };
    if (closed) delivery.abort();
    deliveries.add(delivery);
    const name = group[0]?.batch ?? group[0]?.write.key ?? "";
    const turn = turns.join(name, heldBy(group.map(({ write }) => write)), { isStored, signal });
    for (const { write } of group)
      cancellations.set(write.key, () => {
        withdrawn.add(write.key);
        if (open().every((asked) => withdrawn.has(asked.write.key))) delivery.abort();
        else drop();
      });
    showAll(turn.isDue ? "sending" : "waiting");
    try {
      await turn.due;
      showAll("sending");
      const answer = sendUntilAnswered(
        () => {
          isUnderWay = true;
          return attempt(open(), isWanted);
        },
        {
          online,
          signal,
          onUnanswered(error) {
            isUnderWay = false;
            drop();
            showAll("waiting", error);
          },
        },
      );
      traceRequest(trace, group, answer);
      const results = await answer;
      // Still on disk: the next page, or another tab, sends it again and finds that it is done.
      if (closed) signal.throwIfAborted();
      const accepted = results.flatMap(({ outcome }) =>
        outcome.status === "fulfilled" && outcome.value ? outcome.value : [],
      );
      // Adjacent, so that there is no render between the overlay and the row.
      if (accepted.length > 0) publish(...together(accepted));
      for (const { asked, outcome } of results) conclude(asked, outcome);
      for (const { asked, outcome } of results) {
        const { write, draft } = asked;
        if (outcome.status === "fulfilled")
          confirmedWrites.emit({ write, draft, answer: outcome.value });
      }
    } catch (reason) {
      for (const asked of open()) {
        end(asked, { status: "rejected", reason });
        if (signal.aborted) queue.remove(asked.write.key);
        else queue.put({ ...asked, state: "failed", error: reason as Error });
      }
    } finally {
      deliveries.delete(delivery);
      turns.leave(name);
    }
    return group.flatMap(({ write }) => outcomes.get(write.key) ?? []);
  }

  /** Sends the writes once. Rejects where one of them has no answer. */
  async function attempt(group: readonly Asked[], isWanted: (write: Write) => boolean) {
    const writes = group.map(({ write }) => write);
    const batch = group[0]?.batch;
    // Without a write that was taken out it is another batch.
    const outcomes =
      batch && sendBatch
        ? await sendBatch(writes, `${batch}-${group.length}`, isWanted)
        : await Promise.allSettled(writes.map((write) => send(write, () => isWanted(write))));
    const lost = outcomes.find(isLost);
    if (lost) throw lost.reason;
    return group.map((asked, at) => ({ asked, outcome: outcomes[at] as Outcome }));
  }

  async function ask(asked: readonly NewWrite[], typed: boolean): Promise<readonly Outcome[]> {
    const submittedAt = Date.now();
    const group = asked.map((each): Asked => {
      const write = putOnTop(queue.entries, { ...onlyChanges(each), key: newKey() } as Write);
      const draft = typed ? stampOfDraft(write) : null;
      return { write, number: queue.nextNumber(), draft, submittedAt, batch: null };
    });
    askedWrites.emit(group.map(({ write }) => write));
    const parts = inParts(group).map((part) => {
      const batch = part.length > 1 ? newKey() : null;
      return deliver(part.map((each) => ({ ...each, batch })));
    });
    return (await Promise.all(parts)).flat();
  }

  return {
    get entries() {
      return queue.entries;
    },
    subscribe: queue.subscribe,
    send: (asked, { typed } = { typed: true }) =>
      handled(ask([asked], typed).then(([outcome]) => answerIn(outcome))),
    sendAll: (asked) => ask(asked, false),
    retry(key, settled) {
      const failed = queue.get(key);
      if (!failed || isPending(failed)) return;
      const write = settled ? { ...settled, key } : failed.write;
      void deliver([{ ...failed, write, number: queue.nextNumber(), batch: null }]);
    },
    cancel(key) {
      const state = queue.get(key)?.state;
      // Of one whose next attempt is under way the entry stays until that ends: it may be accepted after all.
      if (state === "waiting") cancellations.get(key)?.();
      else if (state !== "sending") queue.remove(key);
    },
    onAsked: askedWrites.subscribe,
    onConfirmed: confirmedWrites.subscribe,
    async load() {
      const groups = new Map<string, OutboxEntry[]>();
      for (const entry of await queue.readStored()) {
        if (!isPending(entry)) queue.put(entry);
        else {
          const name = entry.batch ?? entry.write.key;
          groups.set(name, [...(groups.get(name) ?? []), entry]);
        }
      }
      for (const group of groups.values()) void deliver(group, true);
    },
    close() {
      closed = true;
      for (const each of deliveries) each.abort();
      turns.close();
    },
  };
}

/** An edit without the fields that it leaves as they were shown: they may be others by now. */
function onlyChanges(write: NewWrite): NewWrite {
  if (!("base" in write)) return write;
  const { fields } = write.base;
  return { ...write, changes: mergeEdit<Fields>(fields, write.changes, fields).changes };
}

const newKey = () => randomDigits() + randomDigits();

/** As many as the server takes in one request. */
const most = 200;

function inParts<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  );
}

function isLost(outcome: Outcome): outcome is PromiseRejectedResult {
  return outcome.status === "rejected" && outcome.reason instanceof UnreachableError;
}

function stateAfter(error: unknown): OutboxEntry["state"] {
  return error instanceof ConflictError ? "conflict" : "failed";
}

/** All changes of a batch in the order of the log, so that the other tabs get one message. */
function together(accepted: readonly Confirmed[]): [Revision | null, readonly Change[]] {
  const changes = accepted.flatMap((each) => each.changes).sort((a, b) => a.rev - b.rev);
  const [asOf = null] = accepted.flatMap((each) => each.asOf ?? []).sort((a, b) => b.rev - a.rev);
  return [asOf, changes];
}

function answerIn(outcome: Outcome | undefined): Confirmed | null {
  if (outcome?.status === "rejected") throw outcome.reason;
  return outcome?.value ?? null;
}

/** A failure is an entry of the queue, so that the caller may ignore the rejection. */
function handled<T>(delivery: Promise<T>): Promise<T> {
  delivery.catch(() => {});
  return delivery;
}

function traceRequest(
  trace: OutboxOptions["trace"],
  group: readonly Asked[],
  answer: Promise<readonly { readonly outcome: Outcome }[]>,
): void {
  const [{ write } = { write: null }] = group;
  const what = group.length > 1 ? ["batch", String(group.length)] : [write?.type, write?.id];
  const end = trace.begin(JSON.stringify(["write", ...what]), "the user");
  answer.then(
    (results) =>
      end(results.some(({ outcome }) => outcome.status === "fulfilled") ? "ok" : "failed"),
    () => end("failed"),
  );
}
