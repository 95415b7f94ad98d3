import type { Confirmed } from "#data/server/api.ts";
import { createEmitter } from "#sync";
import type { Outbox } from "./outbox.ts";
import { kindOf, type NewWrite, type Write, writeSchema } from "./writes.ts";

/** `undone` and `redone`: `writes` are those that were taken back, or done again. Several were one act. */
export interface Deed {
  readonly is: "done" | "undone" | "redone";
  readonly writes: readonly Write[];
  /** What had not left, and never will. */
  readonly withdrawn: readonly Write[];
}

/** What this tab did since its session was opened, in order, to be taken back. Kept in memory only. */
export interface UndoStack {
  /** Takes back the last act, or that of the write with this key. False where there is nothing to take back. */
  undo(key?: string): boolean;
  /** Takes back the last undo, as long as nothing else was done since. */
  redo(): boolean;
  subscribe(listener: (deed: Deed) => void): () => void;
  close(): void;
}

export interface UndoStackOptions {
  outbox: Pick<Outbox, "entries" | "send" | "sendAll" | "cancel" | "onAsked" | "onConfirmed">;
  /** This tab, as the origin of its changes. */
  tabId: string;
}

interface Step {
  /** Those that never left are asked for again to take this back. */
  readonly parts: readonly { readonly write: Write; readonly isCancelled: boolean }[];
  /** What the user reads of it: the writes that this one takes back or does again. */
  readonly of: readonly Write[];
  /** By the key of the write; null where it was so before, none until the server has answered. */
  readonly answers: Map<string, Confirmed | null>;
}

const limit = 100;

/**
 * An undo is a write: the `inverse` of what was done, sent by the outbox as any other. One that has not been sent yet
 * is withdrawn instead. What the server refused, or what was so before, is passed over. What was asked for together is
 * taken back together.
 */
export function createUndoStack({ outbox, tabId }: UndoStackOptions): UndoStack {
  const deeds = createEmitter<Deed>();
  /** What an undo takes back, and what a redo takes back. The latest is the last. */
  const done: Step[] = [];
  const undone: Step[] = [];
  /** Where to put what is asked for now, and what it is of; null for what the user does. */
  let taking: { readonly withdrawn: readonly Write[]; step: Step | null; of: Step["of"] } | null =
    null;

  function put(to: Step[], step: Step) {
    to.push(step);
    if (to.length > limit) to.shift();
  }

  const stepOf = (
    writes: readonly Write[],
    of: readonly Write[],
    withdrawn: readonly Write[] = [],
  ) => ({
    parts: [
      ...writes.map((write) => ({ write, isCancelled: false })),
      ...withdrawn.map((write) => ({ write, isCancelled: true })),
    ],
    of,
    answers: new Map(),
  });

  const forget = [
    outbox.onAsked((writes) => {
      if (taking) {
        taking.step = stepOf(writes, taking.of, taking.withdrawn);
        return;
      }
      undone.length = 0;
      put(done, stepOf(writes, writes));
      deeds.emit({ is: "done", writes, withdrawn: [] });
    }),
    outbox.onConfirmed(({ write, answer }) => {
      for (const steps of [done, undone])
        for (const [at, step] of steps.entries())
          if (step.parts.some((part) => part.write.key === write.key)) {
            step.answers.set(write.key, answer);
            // What the user settled is not what was asked for.
            const parts = step.parts.map((part) =>
              part.write.key === write.key ? { ...part, write } : part,
            );
            steps[at] = { ...step, parts };
          }
    }),
  ];

  /** Null where there is nothing to take back. */
  function takeBack({ parts, of, answers }: Step, to: Step[]): readonly Write[] | null {
    const withdrawn: Write[] = [];
    const inverses: NewWrite[] = [];
    for (const { write, isCancelled } of parts) {
      const entry = outbox.entries.find((each) => each.write.key === write.key);
      // Without an error it has not been sent; one that was sent may have arrived.
      if (entry?.state === "waiting" && entry.error === null) {
        outbox.cancel(write.key);
        withdrawn.push(write);
        continue;
      }
      const answer = answers.get(write.key);
      const isRefused = entry?.state === "failed" || entry?.state === "conflict";
      const isDiscarded = !entry && answer === undefined && !isCancelled;
      const next = isCancelled ? withoutKey(write) : inverseOf(write, answer);
      if (!isRefused && !isDiscarded && next) inverses.push(next);
    }
    if (withdrawn.length + inverses.length === 0) return null;
    taking = { withdrawn, step: null, of };
    const [only] = inverses;
    // A failure is an entry of the outbox.
    if (inverses.length > 1) void outbox.sendAll(inverses);
    else if (only) outbox.send(only, { typed: false }).catch(() => {});
    put(to, taking.step ?? stepOf([], of, withdrawn));
    taking = null;
    return withdrawn;
  }

  function inverseOf(write: Write, answer: Confirmed | null | undefined): NewWrite | null {
    const changes = answer?.changes ?? [];
    const wasSoBefore = changes.length > 0 && changes.every(({ origin }) => origin !== tabId);
    if (answer === null || wasSoBefore) return null;
    const inverse = kindOf(write).inverse?.(write, answer?.row as never);
    return inverse ? withoutKey(writeSchema.parse({ ...inverse, key: write.key })) : null;
  }

  function move(from: Step[], to: Step[], is: Deed["is"], key?: string): boolean {
    const isOf = ({ of }: Step) => of.some((write) => write.key === key);
    for (;;) {
      const at = key === undefined ? from.length - 1 : from.findIndex(isOf);
      const [step] = at < 0 ? [] : from.splice(at, 1);
      if (!step) return false;
      const withdrawn = takeBack(step, to);
      if (!withdrawn) continue;
      deeds.emit({ is, writes: step.of, withdrawn });
      return true;
    }
  }

  return {
    undo: (key) => move(done, undone, "undone", key),
    redo: () => move(undone, done, "redone"),
    subscribe: deeds.subscribe,
    close() {
      for (const each of forget) each();
      done.length = 0;
      undone.length = 0;
    },
  };
}

function withoutKey({ key: _, ...write }: Write): NewWrite {
  return write as NewWrite;
}
