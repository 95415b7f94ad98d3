import type { QueryClient } from "@tanstack/react-query";
import { accountDetailsSchema } from "#contract/rows.ts";
import { accountQuery } from "#data/queries/account.ts";
import type { ConfirmedWrite } from "./outbox.ts";

/** The answer to a new account is what a read of it would be: the details that are shown go on without one. */
export function holdNewAccount(
  queryClient: Pick<QueryClient, "setQueryData">,
  { write, answer }: Pick<ConfirmedWrite, "write" | "answer">,
): void {
  if (write.type !== "create account" || !answer) return;
  const data = { row: accountDetailsSchema.parse(answer.row), asOf: answer.asOf };
  queryClient.setQueryData([accountQuery.kind, write.id], (held: unknown) => held ?? data);
}
