import * as z from "zod/mini";
import type { TabReport } from "./trace-schema.ts";

/** The smallest part of a `BroadcastChannel`. */
export interface WatchChannel {
  post(message: unknown): void;
  subscribe(listener: (message: unknown) => void): () => void;
  close(): void;
}

export interface WatchOptions {
  readonly name: string | undefined;
  readonly tabId: string;
  readonly channel?: WatchChannel | undefined;
  /** Tells what this tab does, until its undo is called. */
  observe(send: (reports: readonly TabReport[]) => void): () => void;
  onReports(tabId: string, run: number, reports: unknown): void;
}

const id = z.string().check(z.maxLength(64));
const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("look"), from: id }),
  z.object({ type: z.literal("leave"), from: id }),
  z.object({ type: z.literal("reports"), from: id, reports: z.array(z.unknown()) }),
]);
type Message = z.infer<typeof messageSchema>;

/** Milliseconds between two announcements of a tab that looks, and how long one of them holds. */
const beacon = 4000;
const patience = 10_000;

/**
 * Lets the tabs of a browser look at each other. A tab that looks says so every four seconds; the others report while
 * one does. Nothing is sent while no tab looks.
 */
export function connectWatch({ name, tabId, channel, observe, onReports }: WatchOptions) {
  const open = channel ?? (name === undefined ? null : openChannel(`${name}-devtools`));
  /** Tabs that look, and when each of them is forgotten. */
  const lookers = new Map<string, ReturnType<typeof setTimeout>>();
  let undoObserve: (() => void) | null = null;
  let beat: ReturnType<typeof setInterval> | undefined;

  const post = (message: Message) => open?.post(message);

  function forget(looker: string) {
    clearTimeout(lookers.get(looker));
    lookers.delete(looker);
    if (lookers.size > 0) return;
    undoObserve?.();
    undoObserve = null;
  }

  function welcome(looker: string) {
    const isNew = !lookers.has(looker);
    clearTimeout(lookers.get(looker));
    lookers.set(
      looker,
      setTimeout(() => forget(looker), patience),
    );
    if (!isNew) return;
    // From the beginning, for the one that has just come. The others know it already.
    undoObserve?.();
    undoObserve = observe((reports) =>
      post({ type: "reports", from: tabId, reports: [...reports] }),
    );
  }

  function receive(input: unknown) {
    const message = messageSchema.safeParse(input).data;
    if (!message || message.from === tabId) return;
    if (message.type === "look") welcome(message.from);
    if (message.type === "leave") forget(message.from);
    if (message.type === "reports" && beat !== undefined)
      onReports(message.from, 0, message.reports);
  }

  const undo = open?.subscribe(receive);

  return {
    look(on: boolean) {
      clearInterval(beat);
      beat = on ? setInterval(() => post({ type: "look", from: tabId }), beacon) : undefined;
      post({ type: on ? "look" : "leave", from: tabId });
    },
    close() {
      clearInterval(beat);
      for (const looker of [...lookers.keys()]) forget(looker);
      undo?.();
      open?.close();
    },
  };
}

function openChannel(name: string): WatchChannel | null {
  if (!globalThis.BroadcastChannel) return null;
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    subscribe(listener) {
      const hear = ({ data }: MessageEvent) => listener(data);
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
    close: () => channel.close(),
  };
}
