import * as z from "zod";
import type { Checks } from "./provider.ts";

/** A sign-in that a browser has begun, as its cookie holds it. */
export interface Pending extends Checks {
  readonly returnTo: string;
  /** The workspace that was asked for; without it, the one of the last time. */
  readonly workspace?: string | undefined;
}

const text = z.string().min(1).max(3_000);
const schema = z.strictObject({
  state: text,
  nonce: text,
  verifier: text,
  returnTo: text,
  workspace: text.optional(),
});

export function parsePending(cookie: string | undefined): Pending | null {
  try {
    return schema.parse(JSON.parse(Buffer.from(cookie ?? "", "base64url").toString()));
  } catch {
    return null; // Missing or junk: no sign-in was begun.
  }
}
