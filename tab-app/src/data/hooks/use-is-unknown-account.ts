import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "#data/queries/account.ts";
import { ApiError } from "#data/server/api-error.ts";
import { useData } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

/** Whether there is no such account: the server has said so, or this tab deletes it. It asks nothing by itself. */
export function useIsUnknownAccount(accountId: string | null): boolean {
  const { error } = useQuery({
    ...accountQuery(useData(), accountId),
    enabled: false,
    notifyOnChangeProps: ["error"],
  });
  const own = useOutbox().findLast(
    ({ write, state }) =>
      write.id === accountId && (state === "sending" || state === "waiting") && isWhole(write.type),
  );
  if (own) return own.write.type === "delete account";
  return error instanceof ApiError && error.status === 404;
}

function isWhole(type: string): boolean {
  return type === "create account" || type === "delete account";
}
