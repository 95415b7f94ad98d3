import * as z from "zod/mini";
import { changeSchema } from "./change.ts";

/** Version of the wire protocol. A tab of another version is met with a catch-up, never with silence. */
export const protocolVersion = 1;

const envelope = z.object({
  tandem: z.int().check(z.positive()),
  /** The sending tab. */
  from: z.string().check(z.minLength(1), z.maxLength(64)),
});

const changesMessage = z.extend(envelope, {
  tandem: z.literal(protocolVersion),
  type: z.literal("changes"),
  epoch: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  changes: z.array(changeSchema).check(z.minLength(1), z.maxLength(1000)),
});

/** What travels on the channel between tabs. */
export type Message = z.infer<typeof changesMessage>;

export type Received =
  | { readonly kind: "message"; readonly message: Message }
  /** A Tandem tab whose messages we cannot read: another version, or a type that came later. */
  | { readonly kind: "foreign"; readonly from: string; readonly version: number }
  | { readonly kind: "junk" };

/** Reads any value that arrived on the channel. Never throws. */
export function readMessage(value: unknown): Received {
  const message = changesMessage.safeParse(value);
  if (message.success) return { kind: "message", message: message.data };
  const sender = envelope.safeParse(value);
  return sender.success && sender.data.tandem !== protocolVersion
    ? { kind: "foreign", from: sender.data.from, version: sender.data.tandem }
    : { kind: "junk" };
}
