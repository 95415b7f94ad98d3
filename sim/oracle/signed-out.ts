import type { OpenSession } from "#data/session/open-session.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import type { Tab } from "../tab/tab.ts";
import type { Fail } from "./violations.ts";

/** Claim "signed out": of a session that is over nothing is shown, cached or stored, then or later. */
export interface SignedOut {
  /** Watches the store: what it fences off is measured from outside. */
  watchStore(store: PersistentStore): PersistentStore;
  opened(tab: Tab): void;
  /** The id of the session that the tab has open. */
  sessionOf(tab: Tab): string;
  ended(tab: Tab, session: OpenSession): void;
  shown(tab: Tab): void;
  /** The page woke, and got the event that says so. */
  resumed(tab: Tab): void;
  judge(when: string): void;
}

export interface SignedOutOptions {
  /** The id of the current session, by `localStorage`. */
  sessionId: () => string;
  fail: Fail;
}

export function createSignedOut({ sessionId, fail }: SignedOutOptions): SignedOut {
  const ids = new WeakMap<OpenSession, string>();
  const over: { readonly tab: Tab; readonly session: OpenSession }[] = [];
  /** The session that the store was last entered for. */
  let entered = "";

  function checkEmpty(tab: Tab, { queryClient, data }: OpenSession) {
    const left = [
      ...queryClient.getQueryCache().getAll(),
      ...queryClient.getMutationCache().getAll(),
      ...data.outbox.entries,
    ];
    if (left.length > 0)
      fail("signed out", `${tab.id} holds ${left.length} things of an earlier session`);
  }

  return {
    watchStore: (store) => ({
      ...store,
      async enter(id, entering) {
        await store.enter(id, entering);
        if (id === entered) return;
        entered = id;
        for (const kind of ["cache", "writes", "drafts"] as const)
          if ((await store.count(kind)) > 0)
            fail("signed out", `${kind} of an earlier session are stored`);
      },
      async write(id, tab, items) {
        const done = await store.write(id, tab, items);
        if (done === "written" && id !== entered) fail("signed out", `${tab} wrote for ${id}`);
        return done;
      },
    }),
    opened: (tab) => void ids.set(tab.open, tab.open.data.session.get().id),
    sessionOf: (tab) => ids.get(tab.open) ?? "",
    ended(tab, session) {
      over.push({ tab, session });
      checkEmpty(tab, session);
    },
    shown(tab) {
      if (ids.get(tab.open) !== tab.open.data.session.get().id)
        fail("signed out", `${tab.id} shows something of a session that is over`);
    },
    resumed(tab) {
      if (tab.isOpen && ids.get(tab.open) !== sessionId())
        fail("signed out", `${tab.id} woke, and still shows a session that is over`);
    },
    judge(when) {
      for (const { tab, session } of over) checkEmpty(tab, session);
      if (entered !== sessionId())
        fail("signed out", `${when}: the storage is ${entered}'s, which is over`);
    },
  };
}
