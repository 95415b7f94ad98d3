import type { IncomingMessage } from "node:http";
import { mainWorkspace, type Who } from "#contract/who.ts";

/** Who sends a request, where the server has sign-in. */
export interface Sender extends Who {
  /** Calls when the session has ended, at once if it has by now. Returns its own undo. */
  onEnd(listener: () => void): () => void;
}

const senders = new WeakMap<IncomingMessage, Sender>();

export function setSender(req: IncomingMessage, sender: Sender): void {
  senders.set(req, sender);
}

/** Null without sign-in: anybody. */
export function senderOf(req: IncomingMessage): Sender | null {
  return senders.get(req) ?? null;
}

/** The workspace that a request is about: that of its session. Undefined while that is not known. */
export function workspaceOf(req: IncomingMessage, hasSignIn: boolean): string | undefined {
  return hasSignIn ? senderOf(req)?.workspace : mainWorkspace;
}
