import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnAccount } from "#data/outbox/overlay.ts";
import { accountQuery } from "#data/queries/account.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** One account with this tab's pending writes laid over it. `truth` is the row without them. */
export function useAccount(accountId: string) {
  const outbox = useOutbox();
  const made = useMemo(() => layOnAccount(accountId, undefined, outbox), [accountId, outbox]);
  // One that is being made is not there to be read.
  const query = useQuery(accountQuery(useData(), made ? null : accountId));
  const account = useMemo(
    () => (made ? made : query.data && layOnAccount(accountId, query.data, outbox)),
    [made, accountId, query.data, outbox],
  );
  return { account, truth: made ?? query.data, query };
}
