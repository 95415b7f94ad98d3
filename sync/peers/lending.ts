import type { Query } from "@tanstack/query-core";
import type { QueryBinding } from "../cache/query-binding.ts";
import type { Context } from "../core/context.ts";
import { asOf, lentAnswer } from "../core/effects.ts";
import type { Broadcast } from "./broadcast.ts";
import { createSharedReads, type SharedReadsOptions } from "./shared-reads.ts";

export interface LendingOptions
  extends Omit<SharedReadsOptions, "lend">,
    Pick<Context, "queryClient" | "effects" | "ledger" | "trace"> {
  binding: Pick<QueryBinding, "isNeeded" | "take">;
  broadcast: Pick<Broadcast, "answer">;
}

/** Answers that go from tab to tab: none that is stale, and none that would take the receiver back. */
export function createLending(options: LendingOptions) {
  const { queryClient, effects, ledger, binding, broadcast, trace } = options;
  const queries = queryClient.getQueryCache();
  const sharedReads = createSharedReads({ ...options, lend });

  function lend(queryHash: string) {
    const query = queries.get(queryHash);
    if (!query || query.state.isInvalidated) return;
    const data = lentAnswer(effects, query.queryKey, query.state.data);
    if (data) broadcast.answer(query.queryKey, data);
  }

  return {
    /** Reads for all tabs that are about to read the same, or waits for the answer of one of them. */
    read: (query: Query, read: () => Promise<unknown>) =>
      sharedReads.run(query.queryHash, () => binding.isNeeded(query), read),
    /** Takes an answer that another tab read, if it is newer than what is held. */
    borrow(from: string, queryKey: readonly unknown[], data: unknown) {
      const query = queries.find({ queryKey, exact: true });
      const held = asOf(query?.state.data);
      const answer = lentAnswer(effects, queryKey, data);
      if (!query || !held || !answer || !binding.isNeeded(query)) return;
      if (answer.asOf.epoch !== ledger.head?.epoch) return;
      if (answer.asOf.rev <= held.rev || answer.asOf.rev > ledger.sighted) return;
      binding.take(query, answer);
      trace.add({ type: "note", text: `${query.queryHash}: shared answer of ${from}` });
      sharedReads.received(query.queryHash);
    },
    close: sharedReads.close,
  };
}
