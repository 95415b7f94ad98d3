import * as z from "zod/mini";
import { changeSchema, revSchema, textSchema } from "./change.ts";
import { parseRevision } from "./revision.ts";

/** Version of the wire protocol. A tab of another version is met with a catch-up, never with silence. */
export const protocolVersion = 1;

const envelope = {
  tandem: revSchema,
  /** The sending tab. */
  from: textSchema(64),
};
const own = { ...envelope, tandem: z.literal(protocolVersion) };
const epoch = z.string().check(z.refine((text) => parseRevision(`${text}.0`) !== null));

const maxChanges = 1000;

/** Changes that the sender heard of first: its own writes, or what the feed it holds told. */
const changesMessage = z.object({
  ...own,
  type: z.literal("changes"),
  epoch,
  changes: z.array(changeSchema),
});

/** From the tab that holds the feed: where the server stands. It brings the loss of a last message to light. */
const headMessage = z.object({
  ...own,
  type: z.literal("head"),
  epoch,
  rev: revSchema,
  /** Whether the feed stands. */
  live: z.boolean(),
  /** What the server says is wrong with its data file. */
  trouble: z.optional(textSchema(500)),
});

/** What one tab read, for those that would ask the same. `data` is for the receiver's own schema to judge. */
const answerMessage = z.object({
  ...own,
  type: z.literal("answer"),
  queryKey: z.array(z.unknown()),
  data: z.unknown(),
});

const message = z.union([changesMessage, headMessage, answerMessage]);
const sender = z.object(envelope);

/** What travels on the channel between tabs. */
export type Message = z.infer<typeof message>;

/** A message less what every message of this tab has. */
export type MessageBody = Message extends infer M
  ? M extends Message
    ? Omit<M, keyof typeof envelope>
    : never
  : never;

export type Received =
  | { readonly kind: "message"; readonly message: Message }
  /** A Tandem tab whose messages cannot be read: it speaks another version. */
  | { readonly kind: "foreign"; readonly from: string; readonly version: number }
  | { readonly kind: "junk" };

/** Reads any value that arrived on the channel. Never throws. */
export function readMessage(value: unknown): Received {
  try {
    // Not even read, as reading what is wrong with each of so many would take a while.
    const { length } = (value as { changes?: unknown[] }).changes ?? [];
    if (length > maxChanges) return { kind: "junk" };
    const known = message.safeParse(value);
    if (known.success) return { kind: "message", message: known.data };
    const foreign = sender.safeParse(value);
    if (foreign.success && foreign.data.tandem !== protocolVersion)
      return { kind: "foreign", from: foreign.data.from, version: foreign.data.tandem };
  } catch {
    // No object at all, or so much wrong in it that even the list of that is too long.
  }
  return { kind: "junk" };
}
