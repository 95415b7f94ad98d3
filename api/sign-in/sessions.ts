import { createHash, randomBytes } from "node:crypto";
import type { KeptSession, MemberKey, SignInStore } from "#api/engine/sign-in-store.ts";
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
  begin(member: MemberKey, former: string | undefined): Promise<BegunSession>;
  /**
   * Begins a session of another member, who is the same person, for what is left of the time of this secret's, which is
   * still to be ended. Null where that is over.
   */
  beginBeside(member: MemberKey, secret: string | undefined): Promise<BegunSession | null>;
  /** Ends the session of a secret, or all of these members. */
  end(of: { readonly secret: string | undefined } | readonly MemberKey[]): Promise<void>;
  close(): void;
}

export interface BegunSession {
  readonly secret: string;
  readonly id: string;
  /** Milliseconds that are left of it at most. */
  readonly leftMs: number;
}

/** Milliseconds between two looks for sessions whose time is over. */
const sweepMs = 10_000;

export function createSessions(options: SessionsOptions): Sessions {
  const { store, idleMs, maxMs, now, log } = options;
  const touchMs = Math.min(60_000, idleMs / 10);
  const watched = new Map<string, Set<() => void>>();

  async function beginAs(
    { workspace, id: memberId }: MemberKey,
    former: string | undefined,
    began?: number,
  ): Promise<BegunSession> {
    const secret = randomBytes(32).toString("base64url");
    const id = randomBytes(12).toString("base64url");
    const usedAt = now();
    const startedAt = began ?? usedAt;
    await store.begin({ hash: hashOf(secret), id, workspace, memberId, startedAt, usedAt });
    if (former !== undefined) await end([hashOf(former)]);
    return { secret, id, leftMs: startedAt + maxMs - usedAt };
  }

  /** One whose time is over is ended. */
  async function findKept(secret: string | undefined): Promise<KeptSession | null> {
    if (secret === undefined) return null;
    const session = await store.findSession(hashOf(secret));
    if (!session || !isOver(session)) return session ?? null;
    await end([session.hash]);
    return null;
  }

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
      const session = await findKept(secret);
      if (!session) return null;
      const { hash, workspace, memberId } = session;
      const member = store
        .members()
        .find((each) => each.workspace === workspace && each.id === memberId);
      if (!member) return null;
      // Not waited for: a request does not fail because its time could not be noted.
      if (now() - session.usedAt >= touchMs)
        store.touch(hash, now()).catch((error) => log(`sessions: ${String(error)}`));
      return {
        sessionId: session.id,
        userId: member.id,
        role: member.role,
        workspace,
        onEnd: (listener) => watch(hash, listener),
      };
    },
    begin: (member, former) => beginAs(member, former),
    async beginBeside(member, secret) {
      const session = await findKept(secret);
      return session && beginAs(member, undefined, session.startedAt);
    },
    async end(of) {
      if ("secret" in of) {
        if (of.secret !== undefined) await end([hashOf(of.secret)]);
        return;
      }
      const isTheirs = (session: KeptSession) =>
        of.some(({ workspace, id }) => workspace === session.workspace && id === session.memberId);
      await end(
        store
          .sessions()
          .filter(isTheirs)
          .map(({ hash }) => hash),
      );
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
