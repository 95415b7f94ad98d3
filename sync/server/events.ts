import type { Change } from "../wire/change.ts";
import { formatRevision, type Revision } from "../wire/revision.ts";
import type { ReadableLog } from "./readable-log.ts";

/** Changes per event, at most. A slow reader's backlog stays in the log, not in its connection. */
const maxChangesPerEvent = 200;

/** One stream, for what a server sends beside the changes. */
export interface StreamSender {
  /**
   * Sends an event. One of the same name that has not been read yet is dropped for it; `whole` then makes
   * the data in its place, for events that only make sense after the one before.
   */
  send(name: string, data: unknown, whole?: () => unknown): void;
  /** Ends the stream with an event. Nothing else that is not read yet is sent. */
  end(name: string, data: unknown): void;
}

/** Called when a stream has opened. Returns its undo. */
export type FurtherEvents = (stream: StreamSender) => () => void;

/** Writes a change event as text: streams that stand at the same position share it. */
export type Wording = (from: number, epoch: string, changes: readonly Change[]) => string;

/** What one reader of the change stream is told. It has a position in the log, and makes events as they are taken. */
export interface Events {
  /** What is to be sent now, and at most one event of changes; empty where there is nothing. */
  take(): string;
  send: StreamSender["send"];
  close(): void;
}

export function openEvents(options: {
  log: ReadableLog;
  /** The reader's position; `null` to start at the head. */
  since: Revision | null;
  wording?: Wording;
  further?: FurtherEvents | undefined;
  /** There may be something to take. */
  onReady: () => void;
  /** Nothing more comes, but for what is still to be taken. */
  onEnd: () => void;
}): Events {
  const { log, since, wording = wordChanges, onReady } = options;
  const { epoch, rev: head } = log.revision();
  const resumes = since !== null && since.epoch === epoch && log.since(since.rev) !== null;
  let position = resumes ? since.rev : head;
  let isOver = false;
  /** Events beside the changes, by name: made when they are taken. */
  const untaken = new Map<string, () => string>();

  function nextChanges(): string {
    const from = position;
    if (isOver || from === log.revision().rev) return "";
    const changes = log.since(from, maxChangesPerEvent);
    const last = changes?.at(-1);
    if (!changes || !last) return reset();
    position = last.rev;
    return wording(from, epoch, changes);
  }

  function reset(): string {
    position = log.revision().rev;
    return wordEvent("reset", { epoch, head: position }, { epoch, rev: position });
  }

  function send(name: string, data: unknown, whole?: () => unknown): void {
    if (isOver) return;
    const make = untaken.has(name) && whole ? whole : () => data;
    untaken.delete(name);
    untaken.set(name, () => wordEvent(name, make()));
    onReady();
  }

  function end(last?: string): void {
    if (isOver) return;
    isOver = true;
    untaken.clear();
    if (last !== undefined) untaken.set("", () => last);
    unsubscribe();
    forget?.();
    options.onEnd();
  }

  const unsubscribe = log.subscribe({
    changed: onReady,
    // The browser comes back, and is told the new epoch.
    restarted: () => end(),
    trouble: (trouble) => send("status", { trouble }),
  });
  const at = since === null || resumes ? { epoch, rev: position } : undefined;
  untaken.set("hello", () => `retry: 1000\n${wordEvent("hello", { epoch, head }, at)}`);
  if (since && !resumes) untaken.set("reset", reset);
  const trouble = log.trouble?.();
  if (trouble) send("status", { trouble });
  let forget: (() => void) | undefined;
  forget = options.further?.({ send, end: (name, data) => end(wordEvent(name, data)) });
  // Ended while it was opened.
  if (isOver) forget?.();

  return {
    take() {
      const text = Array.from(untaken.values(), (make) => make()).join("");
      untaken.clear();
      return text + nextChanges();
    },
    send,
    close: () => end(),
  };
}

export const wordChanges: Wording = (from, epoch, changes) =>
  wordEvent("changes", { epoch, changes }, { epoch, rev: changes.at(-1)?.rev ?? from });

function wordEvent(name: string, data: unknown, id?: Revision): string {
  const position = id ? `id: ${formatRevision(id)}\n` : "";
  return `event: ${name}\n${position}data: ${JSON.stringify(data)}\n\n`;
}
