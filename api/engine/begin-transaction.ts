import { createTransaction, type Transaction } from "#api/writes/transaction.ts";
import type { RowStore } from "./row-store.ts";

/** A transaction on the present rows of a store. */
export function beginTransaction(
  store: RowStore,
  more: Pick<NonNullable<Parameters<typeof createTransaction>[2]>, "toStoredForm"> = {},
): Transaction {
  const { document, rev } = store.state();
  return createTransaction(document, rev, {
    counts: store.counts,
    overviewMovedAt: store.overview.movedAt,
    logged: store.log.find,
    ...more,
  });
}

/** What the store advances by when the transaction is committed. */
export function nextOf(transaction: Transaction) {
  return {
    steps: transaction.steps,
    rev: transaction.rev(),
    overviewMovedAt: transaction.overviewMovedAt(),
  };
}
