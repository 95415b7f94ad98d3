import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnRow } from "#data/outbox/overlay.ts";
import { accountQuery } from "#data/queries/account.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** One account with this tab's pending edits laid over it. `truth` is the row without them. */
export function useAccount(accountId: string | null) {
  const query = useQuery(accountQuery(useData(), accountId));
  const outbox = useOutbox();
  const account = useMemo(
    () => query.data && layOnRow("accounts", query.data, outbox),
    [query.data, outbox],
  );
  return { account, truth: query.data, query };
}
