import type { Confirmed } from "#data/server/api.ts";
import { createEmitter } from "#sync";
import type { Outbox } from "./outbox.ts";
import { kindOf, type NewWrite, type Write, writeSchema } from "./writes.ts";

/** `undone` and `redone`: `write` is the one that was taken back, or done again. */
export interface Deed {
  readonly is: "done" | "undone" | "redone";
  readonly write: Write;
  /** What had not left, and never will. */
  readonly withdrawn?: Write;
}

/** What this tab did since its session was opened, in order, to be taken back. Kept in memory only. */
export interface UndoStack {
  /** Takes back the last write, or the one with this key. False where there is nothing to take back. */
  undo(key?: string): boolean;
  /** Takes back the last undo, as long as nothing else was done since. */
  redo(): boolean;
  subscribe(listener: (deed: Deed) => void): () => void;
  close(): void;
}

export interface UndoStackOptions {
  outbox: Pick<Outbox, "entries" | "send" | "cancel" | "onAsked" | "onConfirmed">;
  /** This tab, as the origin of its changes. */
  tabId: string;
}

interface Step {
  readonly write: Write;
  /** What the user reads of it: the write that this one takes back or does again. */
  readonly of: Write;
  /** Null where it was so before; undefined until the server has answered. */
  readonly answer?: Confirmed | null;
  /** It never left: to take this back is to ask for it again. */
  readonly isCancelled?: true;
}

const limit = 100;

/**
 * An undo is a write: the `inverse` of what was done, sent by the outbox as any other. One that has not been sent yet
 * is withdrawn instead. What the server refused, or what was so before, is passed over.
 */
export function createUndoStack({ outbox, tabId }: UndoStackOptions): UndoStack {
  const deeds = createEmitter<Deed>();
  /** What an undo takes back, and what a redo takes back. The latest is the last. */
  const done: Step[] = [];
  const undone: Step[] = [];
  /** Where to put what is asked for now, and what it is of; null for what the user does. */
  let taking: { readonly to: Step[]; readonly of: Write } | null = null;

  function put(to: Step[], step: Step) {
    to.push(step);
    if (to.length > limit) to.shift();
  }

  const forget = [
    outbox.onAsked((write) => {
      if (taking) return put(taking.to, { write, of: taking.of });
      undone.length = 0;
      put(done, { write, of: write });
      deeds.emit({ is: "done", write });
    }),
    outbox.onConfirmed(({ write, answer }) => {
      for (const steps of [done, undone]) {
        const at = steps.findLastIndex((step) => step.write.key === write.key);
        const step = steps[at];
        // What the user settled is not what was asked for.
        if (step) steps[at] = { ...step, write, answer };
      }
    }),
  ];

  /** Null where there is nothing to take back. */
  function takeBack(step: Step, to: Step[]): Pick<Deed, "withdrawn"> | null {
    const { write, of, answer, isCancelled } = step;
    const entry = outbox.entries.find((each) => each.write.key === write.key);
    // Without an error it has not been sent; one that was sent may have arrived.
    if (entry?.state === "waiting" && entry.error === null) {
      outbox.cancel(write.key);
      put(to, { write, of, isCancelled: true });
      return { withdrawn: write };
    }
    const isRefused = entry?.state === "failed" || entry?.state === "conflict";
    const isDiscarded = !entry && answer === undefined && !isCancelled;
    const next = isCancelled ? withoutKey(write) : inverseOf(step);
    if (isRefused || isDiscarded || !next) return null;
    taking = { to, of };
    // A failure is an entry of the outbox.
    outbox.send(next, { typed: false }).catch(() => {});
    taking = null;
    return {};
  }

  function inverseOf({ write, answer }: Step): NewWrite | null {
    const changes = answer?.changes ?? [];
    const wasSoBefore = changes.length > 0 && changes.every(({ origin }) => origin !== tabId);
    if (answer === null || wasSoBefore) return null;
    const inverse = kindOf(write).inverse?.(write, answer?.row as never);
    return inverse ? withoutKey(writeSchema.parse({ ...inverse, key: write.key })) : null;
  }

  function move(from: Step[], to: Step[], is: Deed["is"], key?: string): boolean {
    for (;;) {
      const at = key === undefined ? from.length - 1 : from.findIndex(({ of }) => of.key === key);
      const [step] = at < 0 ? [] : from.splice(at, 1);
      if (!step) return false;
      const taken = takeBack(step, to);
      if (!taken) continue;
      deeds.emit({ is, write: step.of, ...taken });
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
