import type { Write } from "#data/outbox/writes.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import type { Change } from "#sync";
import type { ModelServer } from "../models/model-server.ts";
import type { RequestWatch } from "../models/request-watch.ts";
import type { Tab, TabWatch } from "../tab/tab.ts";
import type { AskedWrites } from "./asked-writes.ts";
import { createDraftsWatch } from "./drafts.ts";
import { createEffects } from "./effects.ts";
import { createNotLost } from "./not-lost.ts";
import { createSignedOut } from "./signed-out.ts";
import { createTakenBack } from "./taken-back.ts";
import { checkSeen, checkSeenDelete } from "./unseen.ts";
import type { Fail } from "./violations.ts";

/** Watches what users do, and what becomes of it: their writes, their drafts, their sessions. */
export interface UserWork
  extends Pick<RequestWatch, "sent">,
    Pick<TabWatch, "asked" | "confirmed" | "ended"> {
  watchStore(store: PersistentStore): PersistentStore;
  committed(server: ModelServer, changes: readonly Change[]): void;
  /** A session is open in the tab. */
  opened(tab: Tab): void;
  /** Something of a session is shown. */
  shown(tab: Tab): void;
  /** The page woke, and got the event that says so. */
  resumed(tab: Tab): void;
  cameBackFromCache(tab: Tab): void;
  takenBack(tab: Tab, write: Write): void;
  typed(tab: Tab, subject: string, value: number): void;
  discarded(tab: Tab, subject: string): void;
  /** Nothing that users did is lost, and nothing of a session that is over is left. */
  judgeKept(tabs: readonly Tab[], when: string): Promise<void>;
}

export interface UserWorkOptions {
  /** All open tabs, also those that sleep. */
  tabs: () => readonly Tab[];
  store: () => PersistentStore | null;
  /** The id of the current session, by `localStorage`. */
  sessionId: () => string;
  count: (what: string) => void;
  fail: Fail;
}

export function createUserWork(options: UserWorkOptions): UserWork {
  const { sessionId, count, fail } = options;
  const writes: AskedWrites = new Map();
  const signedOut = createSignedOut(options);
  const takenBack = createTakenBack({ ...options, writes });
  const effects = createEffects({
    writes,
    fail,
    onEffect(asked, part, before) {
      takenBack.effect(asked, part);
      if (before) checkSeen(asked, part, before, writes, fail);
    },
    onDelete: (name, before) => checkSeenDelete(name, before, writes, fail),
  });
  const notLost = createNotLost({ ...options, writes, effects });
  const drafts = createDraftsWatch(options);

  return {
    watchStore: signedOut.watchStore,
    committed: effects.committed,
    sent: takenBack.sent,
    opened: signedOut.opened,
    ended: signedOut.ended,
    shown: signedOut.shown,
    resumed: signedOut.resumed,
    cameBackFromCache: drafts.cameBackFromCache,
    asked(tab, write) {
      const session = signedOut.sessionOf(tab);
      const wasSo = effects.trueOf(write);
      writes.set(write.key, { write, tab, session, state: "open", effects: new Map(), wasSo });
      drafts.submitted(tab, write);
    },
    confirmed(tab, write) {
      const asked = writes.get(write.key);
      if (!asked) return fail("not lost", `${tab.id} sent what no user asked for: ${write.type}`);
      if (asked.tab !== tab) count("write of another page confirmed");
      asked.state = "confirmed";
      notLost.confirmed(tab, asked);
      drafts.saved(write);
    },
    takenBack: takenBack.takenBack,
    typed: (tab, subject, value) => drafts.typed(tab, signedOut.sessionOf(tab), subject, value),
    discarded: drafts.discarded,
    async judgeKept(tabs, when) {
      signedOut.judge(when);
      for (const { open } of tabs)
        for (const { state, write } of open.data.outbox.entries) {
          if (state !== "conflict") continue;
          count("conflict");
          count(`conflict: ${write.type}`);
        }
      await notLost.judge(tabs, sessionId(), when);
      await drafts.judge(tabs, sessionId(), when);
    },
  };
}
