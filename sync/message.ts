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
const list = <T extends z.ZodMiniType>(item: T, most: number) =>
  z.array(item).check(z.refine((items) => items.length > 0 && items.length <= most));

/** Changes that the sender heard of first: its own writes, or what the feed it holds told. */
const changesMessage = z.object({
  ...own,
  type: z.literal("changes"),
  epoch,
  changes: list(changeSchema, 1000),
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
  queryKey: list(z.unknown(), 8),
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
    const known = message.safeParse(value);
    if (known.success) return { kind: "message", message: known.data };
    const foreign = sender.safeParse(value);
    if (foreign.success && foreign.data.tandem !== protocolVersion)
      return { kind: "foreign", from: foreign.data.from, version: foreign.data.tandem };
  } catch {
    // So much wrong in one value that even the list of it is too long.
  }
  return { kind: "junk" };
}
