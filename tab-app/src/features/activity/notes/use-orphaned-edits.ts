import { useEffect } from "react";
import type { useActivityFeed } from "#data/hooks/use-activity-feed.ts";
import { useData } from "#data/hooks/use-data.ts";
import { adoptEdit, orphanedEdits } from "./orphaned-edits.ts";

/** When a note is deleted while it is edited, moves the typed text to the composer. */
export function useOrphanedEdits(
  accountId: string | null,
  { rows, query }: ReturnType<typeof useActivityFeed>,
): void {
  const { drafts } = useData();
  const { hasNextPage } = query;
  // Stale rows may lack a note that exists.
  const isKnown = query.isSuccess && !query.isStale && !query.isFetching;
  useEffect(() => {
    if (accountId === null || !isKnown) return;
    const adopt = () => {
      const orphans = orphanedEdits(drafts.all, accountId, { rows, hasMore: hasNextPage });
      for (const orphan of orphans) if (adoptEdit(drafts, accountId, orphan)) return;
    };
    adopt();
    return drafts.subscribe(adopt);
  }, [drafts, accountId, rows, isKnown, hasNextPage]);
}
