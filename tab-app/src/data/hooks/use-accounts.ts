import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { layOnRow } from "#data/outbox/overlay.ts";
import { accountsQuery } from "#data/queries/accounts.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** Every account, with this tab's pending edits laid over them. */
export function useAccounts() {
  const query = useQuery(accountsQuery(useData()));
  const outbox = useOutbox();
  const accounts = useMemo(
    () => query.data?.map((account) => layOnRow("accounts", account, outbox)),
    [query.data, outbox],
  );
  return { accounts, query };
}
