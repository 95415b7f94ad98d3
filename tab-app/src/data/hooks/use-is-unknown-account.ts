import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "#data/queries/account.ts";
import { ApiError } from "#data/server/api-error.ts";
import { useData } from "./use-data.ts";

/** Whether the server has said that there is no such account. It asks nothing by itself. */
export function useIsUnknownAccount(accountId: string | null): boolean {
  const { data, error } = useQuery({
    ...accountQuery(useData(), accountId),
    enabled: false,
    notifyOnChangeProps: ["data", "error"],
  });
  return data === undefined && error instanceof ApiError && error.status === 404;
}
