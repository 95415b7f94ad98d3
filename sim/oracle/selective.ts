import type { ActivityPages } from "#data/queries/pages.ts";
import type { Change } from "#sync";
import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";
import { rowsOf } from "./feed-rows.ts";
import type { LogPosition } from "./log-position.ts";
import type { Read } from "./reads.ts";
import { isPatchable, touches } from "./touches.ts";

/** Claims "selective" and "patched", for one session of one tab. */
export interface Selective {
  /** The tab or a panel was shown or hidden. */
  moved(): void;
  /** A query is read again. */
  read(read: Read): void;
}

export function createSelective(
  tab: Tab,
  position: LogPosition,
  { clock, server, history, fail }: OracleContext,
): Selective {
  /** When each query was last out of view, by its hash. */
  const lastUnseen = new Map<string, number>();

  function moved() {
    for (const query of tab.open.queryClient.getQueryCache().getAll())
      lastUnseen.set(query.queryHash, clock.now());
  }

  /** The answer to a write that changes nothing names such a change without what was derived from it. */
  function isForgotten({ rev }: Change): boolean {
    return server().read(`/changes?since=${server().epoch}.${rev - 1}`).status !== 200;
  }

  // A persisted query may have been out of view when it was touched.
  moved();

  return {
    moved,
    read({ key, hash, query, data }) {
      const asOf = tab.realm.code.asOf(data);
      if (!position.covers(asOf) || !tab.open.sync.isLive) return;
      // A failed read is retried although another tab's answer came meanwhile.
      if (query.state.fetchFailureCount > 0 || query.state.status === "error") return;
      const text = `${tab.id} read ${hash}, as of ${asOf.rev}`;
      const touching = history.since(asOf.rev).filter(({ change }) => touches(key, change));
      // A server that has started does not know when the overview moved before, and says: by then.
      if (key[0] === "overview" && history.startedAfter(asOf.rev)) return;
      if (touching.length === 0) return fail("selective", `${text}, touched by nothing`);
      // A change that arrives out of view is not put in place.
      const unseen = lastUnseen.get(hash) ?? 0;
      const isNeeded = touching.some(
        ({ change, at }) =>
          !isPatchable(key, change, data) ||
          at <= unseen + 2 ||
          (key[0] === "account" && isForgotten(change)),
      );
      // A feed whose last row is gone has no cursor to go on from; newer rows may have been put in since.
      const isStranded =
        (key[0] === "activity" || key[0] === "filtered activity") &&
        rowsOf(data as ActivityPages).filter(({ version }) => version <= asOf.rev).length <= 1;
      if (!isNeeded && !isStranded) fail("patched", `${text}, though it could be patched`);
    },
  };
}
