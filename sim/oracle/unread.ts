import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";
import type { Dated } from "./history.ts";

/**
 * Claim "unread": what others changed in an account since somebody in the browser had it in view is marked in every tab,
 * what is in view in one is marked in none, and all tabs agree.
 */
export interface UnreadWatch {
  /** A session is open in the tab. */
  opened(tab: Tab): void;
  /** The tab shows another account from here on. */
  looked(tab: Tab): void;
  ended(tab: Tab): void;
  judge(tabs: readonly Tab[], when: string): void;
}

/** What one session of the browser was told. */
interface Told {
  /** Revisions of which a tab heard that lived on. */
  readonly heard: Set<number>;
  /** Those that were told as a tab's own: a write that finds all done names the change that did it. */
  readonly own: Set<number>;
  /** By account: when it was last in view. */
  readonly lookedAt: Map<string, number>;
}

/** Milliseconds in which a tab writes down what it heard. */
const patience = 1000;

export function createUnreadWatch({ clock, history, fail }: OracleContext): UnreadWatch {
  const sessions = new Map<string, Told>();
  /** The account that a tab has in view, and how to stop watching the tab. */
  const watched = new Map<Tab, { session: Told; inView: string | null; stop: () => void }>();

  function sessionOf(tab: Tab): Told {
    const { id } = tab.open.data.session.get();
    const known = sessions.get(id) ?? {
      heard: new Set<number>(),
      own: new Set<number>(),
      lookedAt: new Map<string, number>(),
    };
    sessions.set(id, known);
    return known;
  }

  function move(tab: Tab, accountId: string | null) {
    const watch = watched.get(tab);
    if (!watch) return;
    for (const each of [watch.inView, accountId])
      if (each !== null) watch.session.lookedAt.set(each, clock.now());
    watch.inView = accountId;
  }

  const accountInView = (tab: Tab) =>
    tab.isOpen && tab.open.sync.visibility.inView ? tab.accountId : null;

  /** The account that has to be marked because of a change. */
  function markedBy({ change, at }: Dated, { heard, own, lookedAt }: Told): string | null {
    const { rev, resource, id, op, origin, parents } = change;
    const accountId = resource === "accounts" ? id : parents.accountId;
    if (accountId === undefined || op === "delete" || origin !== undefined) return null;
    if (at <= (lookedAt.get(accountId) ?? Number.NEGATIVE_INFINITY)) return null;
    if (!heard.has(rev) || own.has(rev)) return null;
    const isGone = ({ change: later }: Dated) =>
      later.op === "delete" &&
      ((later.resource === resource && later.id === id) ||
        (later.resource === "accounts" && later.id === accountId));
    return history.since(rev).some(isGone) ? null : accountId;
  }

  return {
    opened(tab) {
      const session = sessionOf(tab);
      const { trace, visibility } = tab.open.sync;
      const undo = [
        trace.subscribe((entry) => {
          if (entry.type !== "change") return;
          const { rev, origin } = entry.change;
          if (origin !== undefined) session.own.add(rev);
          // A tab that is gone before it has written it down was told for nothing.
          clock.after(patience, tab.page, () => void session.heard.add(rev));
        }),
        visibility.subscribe(() => move(tab, accountInView(tab))),
      ];
      const stop = () => {
        for (const each of undo) each();
      };
      watched.set(tab, { session, inView: null, stop });
    },
    looked: (tab) => move(tab, accountInView(tab)),
    ended(tab) {
      move(tab, null);
      watched.get(tab)?.stop();
      watched.delete(tab);
    },
    judge(tabs, when) {
      const open = tabs.filter((tab) => tab.isOpen);
      const [first] = open;
      if (!first) return;
      for (const tab of open) move(tab, accountInView(tab));
      const idsOf = ({ open: { data } }: Tab) => data.unread.ids;
      for (const tab of open)
        if (idsOf(tab) !== idsOf(first))
          fail("unread", `${when}: ${tab.id} marks ${idsOf(tab)}, and ${first.id} ${idsOf(first)}`);
      for (const tab of open) {
        const accountId = accountInView(tab);
        if (accountId !== null && first.open.data.unread.has(accountId))
          fail("unread", `${when}: ${accountId} is marked, and in view in ${tab.id}`);
      }
      const session = sessionOf(first);
      for (const dated of history.since(0)) {
        const accountId = markedBy(dated, session);
        if (accountId === null || first.open.data.unread.has(accountId)) continue;
        const { rev, resource, id } = dated.change;
        fail("unread", `${when}: ${accountId} is not marked, and ${rev} changed ${resource}/${id}`);
      }
    },
  };
}
