import * as z from "zod/mini";
import { changeSchema } from "./change.ts";

/** Version of the wire protocol. A tab of another version is met with a catch-up, never with silence. */
export const protocolVersion = 1;

const envelope = z.object({
  tandem: z.int().check(z.positive()),
  /** The sending tab. */
  from: z.string().check(z.minLength(1), z.maxLength(64)),
});

const epoch = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

/** Changes that the sender heard of first: its own writes, or what the feed it holds told. */
const changesMessage = z.extend(envelope, {
  tandem: z.literal(protocolVersion),
  type: z.literal("changes"),
  epoch,
  changes: z.array(changeSchema).check(z.minLength(1), z.maxLength(1000)),
});

/** From the tab that holds the feed: where the server stands. It brings the loss of a last message to light. */
const headMessage = z.extend(envelope, {
  tandem: z.literal(protocolVersion),
  type: z.literal("head"),
  epoch,
  rev: z.int().check(z.nonnegative()),
  /** Whether the feed stands. */
  live: z.boolean(),
  /** What the server says is wrong with its data file. */
  trouble: z.optional(z.string().check(z.maxLength(500))),
});

/** What one tab read, for those that would ask the same. `data` is for the receiver's own schema to judge. */
const answerMessage = z.extend(envelope, {
  tandem: z.literal(protocolVersion),
  type: z.literal("answer"),
  queryKey: z.array(z.union([z.string(), z.null()])).check(z.minLength(1), z.maxLength(8)),
  data: z.unknown(),
});

const message = z.discriminatedUnion("type", [changesMessage, headMessage, answerMessage]);

/** What travels on the channel between tabs. */
export type Message = z.infer<typeof message>;

export type Received =
  | { readonly kind: "message"; readonly message: Message }
  /** A Tandem tab whose messages we cannot read: another version, or a type that came later. */
  | { readonly kind: "foreign"; readonly from: string; readonly version: number }
  | { readonly kind: "junk" };

/** Reads any value that arrived on the channel. Never throws. */
export function readMessage(value: unknown): Received {
  const known = message.safeParse(value);
  if (known.success) return { kind: "message", message: known.data };
  const sender = envelope.safeParse(value);
  return sender.success && sender.data.tandem !== protocolVersion
    ? { kind: "foreign", from: sender.data.from, version: sender.data.tandem }
    : { kind: "junk" };
}
