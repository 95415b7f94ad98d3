import { createHash, randomBytes } from "node:crypto";
import type { KeptSession, SignInStore } from "#api/engine/sign-in-store.ts";
import type { Sender } from "#api/http/who.ts";

export interface SessionLimits {
  /** Milliseconds without a request until a session ends. */
  readonly idleMs: number;
  /** Milliseconds until any session ends. */
  readonly maxMs: number;
}

export interface SessionsOptions extends SessionLimits {
  readonly store: SignInStore;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** The sessions of signed-in people: what their secrets are worth now, and who hears of an end. */
export interface Sessions {
  /** The sender of a request with this secret; null for one that is unknown or over. */
  find(secret: string | undefined): Promise<Sender | null>;
  /** Begins a session, and ends the one of the browser before. Returns the secret, which is stored nowhere. */
  begin(memberId: string, former: string | undefined): Promise<{ secret: string; id: string }>;
  /** Ends the session of a secret, or all of a member. */
  end(of: { readonly secret: string | undefined } | { readonly memberId: string }): Promise<void>;
  close(): void;
}

/** Milliseconds between two looks for sessions whose time is over. */
const sweepMs = 10_000;

export function createSessions(options: SessionsOptions): Sessions {
  const { store, idleMs, maxMs, now, log } = options;
  const touchMs = Math.min(60_000, idleMs / 10);
  const watched = new Map<string, Set<() => void>>();

  const isOver = ({ startedAt, usedAt }: KeptSession) =>
    now() - startedAt >= maxMs || now() - usedAt >= idleMs;

  /** Tells those who watch a session that is there no more. */
  function tellEnded(): void {
    if (watched.size === 0) return;
    const live = new Set(store.sessions().map(({ hash }) => hash));
    for (const [hash, listeners] of watched) {
      if (live.has(hash)) continue;
      watched.delete(hash);
      for (const listener of listeners) listener();
    }
  }

  function watch(hash: string, listener: () => void): () => void {
    const listeners = watched.get(hash) ?? new Set();
    watched.set(hash, listeners.add(listener));
    // It may have ended while its request was looked at.
    tellEnded();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && watched.get(hash) === listeners) watched.delete(hash);
    };
  }

  async function end(hashes: readonly string[]): Promise<void> {
    if (hashes.length > 0) await store.end(hashes);
  }

  const unsubscribe = store.subscribe(tellEnded);
  const timer = setInterval(() => {
    const over = store.sessions().filter(isOver);
    end(over.map(({ hash }) => hash)).catch((error) => log(`sessions: ${String(error)}`));
  }, sweepMs);
  timer.unref();

  return {
    async find(secret) {
      if (secret === undefined) return null;
      const hash = hashOf(secret);
      const session = await store.findSession(hash);
      if (!session) return null;
      if (isOver(session)) {
        await end([hash]);
        return null;
      }
      const member = store.members().find(({ id }) => id === session.memberId);
      if (!member) return null;
      // Not waited for: a request does not fail because its time could not be noted.
      if (now() - session.usedAt >= touchMs)
        store.touch(hash, now()).catch((error) => log(`sessions: ${String(error)}`));
      return {
        sessionId: session.id,
        userId: member.id,
        role: member.role,
        onEnd: (listener) => watch(hash, listener),
      };
    },
    async begin(memberId, former) {
      const secret = randomBytes(32).toString("base64url");
      const id = randomBytes(12).toString("base64url");
      const at = now();
      await store.begin({ hash: hashOf(secret), id, memberId, startedAt: at, usedAt: at });
      if (former !== undefined) await end([hashOf(former)]);
      return { secret, id };
    },
    async end(of) {
      if ("memberId" in of) {
        const theirs = store.sessions().filter(({ memberId }) => memberId === of.memberId);
        await end(theirs.map(({ hash }) => hash));
      } else if (of.secret !== undefined) await end([hashOf(of.secret)]);
    },
    close() {
      clearInterval(timer);
      unsubscribe();
    },
  };
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
