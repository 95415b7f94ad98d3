import * as z from "zod/mini";
import { changeSchema, localChangeSchema, revSchema, textSchema } from "./change.ts";
import { parseRevision } from "./revision.ts";

/** Version of the wire protocol. A tab of another version is answered by a catch-up, never by silence. */
export const protocolVersion = 1;

/** The sending tab. */
const from = textSchema(64);
const epoch = z.string().check(z.refine((text) => parseRevision(`${text}.0`) !== null));

const maxChanges = 1000;

/** Changes that the sender knew first: its own writes, or what the change stream brought to the leader tab. */
const changesMessage = z.object({
  from,
  type: z.literal("changes"),
  epoch,
  changes: z.array(changeSchema),
});

/** Writes of the sender to a server that keeps no log. */
const unloggedMessage = z.object({
  from,
  type: z.literal("unlogged"),
  changes: z.array(localChangeSchema),
});

/** From the leader tab: where the server stands. It reveals the loss of a last message. */
const headMessage = z.object({
  from,
  type: z.literal("head"),
  epoch,
  rev: revSchema,
  /** Whether the change stream is open. */
  live: z.boolean(),
  /** What the server reports to be wrong with it. */
  trouble: z.optional(textSchema(500)),
});

/** What one tab read, for those that would ask the same. `data` is parsed by the receiver's own rule. */
const answerMessage = z.object({
  from,
  type: z.literal("answer"),
  queryKey: z.array(z.unknown()),
  data: z.unknown(),
});

/** How tabs elect the leader where there are no Web Locks. */
const leaseMessage = z.object({
  from,
  type: z.literal("lease"),
  act: z.literal(["claim", "hold", "wait", "free"]),
  term: revSchema,
  /** Tabs that held the lease, fell silent, and may hang. */
  silent: z.array(textSchema(64)).check(z.maxLength(100)),
});

const kinds = [changesMessage, unloggedMessage, headMessage, answerMessage, leaseMessage] as const;
const message = z.union(kinds);
const foreign = z.object({ from, version: revSchema });

/**
 * What travels on the channel between tabs. On the wire each message also has the version of the
 * protocol, in a field called after the `name` of the sync.
 */
export type Message = z.infer<typeof message>;

/** What a tab says of the lease. */
export type LeaseMessage = Pick<z.infer<typeof leaseMessage>, "act" | "term" | "silent">;

/** A message without its sender. */
export type MessageBody = Message extends infer M
  ? M extends Message
    ? Omit<M, "from">
    : never
  : never;

export type Received =
  | { readonly kind: "message"; readonly message: Message }
  /** A tab of ours whose messages cannot be read: it runs another version. */
  | { readonly kind: "foreign"; readonly from: string; readonly version: number }
  | { readonly kind: "junk" };

/** Reads any value that arrived on the channel. Never throws. */
export function readMessage(name: string, value: unknown): Received {
  try {
    const fields = value as Record<string, unknown>;
    // Not parsed, as listing the errors of so many would take a while.
    const { length } = (fields.changes ?? []) as unknown[];
    if (length > maxChanges) return { kind: "junk" };
    if (fields[name] === protocolVersion) {
      const known = message.safeParse(value);
      if (known.success) return { kind: "message", message: known.data };
    } else {
      const other = foreign.safeParse({ from: fields.from, version: fields[name] });
      if (other.success) return { kind: "foreign", ...other.data };
    }
  } catch {
    // No object at all, or so much wrong in it that even the list of errors is too long.
  }
  return { kind: "junk" };
}

/** Throws for a name that a message could not carry beside its own fields. */
export function assertName(name: string): void {
  if (kinds.some(({ shape }) => name in shape))
    throw new RangeError(`createSync: "${name}" is a field of the protocol's messages`);
}
