import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { overviewQuery, toOverviewId } from "#data/queries/overview.ts";
import { useData } from "./use-data.ts";
import { useSession } from "./use-work.ts";

/** The numbers of a day, `2026-11-27`, and the signed-in user's own. Only a server that keeps a log has them. */
export function useOverview(today: string) {
  const data = useData();
  const cache = useQueryClient().getQueryCache();
  const keepsLog = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => data.api.keepsLog,
  );
  const { who } = useSession();
  const ownerId = who.kind === "user" ? who.id : null;
  const query = useQuery({
    ...overviewQuery(data, toOverviewId(ownerId, today)),
    // It is not known before the first answer of the server.
    enabled: keepsLog === true,
  });
  return { overview: query.data, query, isMissing: keepsLog === false };
}
