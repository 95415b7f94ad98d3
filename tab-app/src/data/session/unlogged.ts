import { focusManager, type Query, type QueryClient } from "@tanstack/react-query";
import * as z from "zod";
import { effectOf } from "#data/queries/effect-of.ts";
import { asOf, type Change, type Channel, type Trace } from "#sync";
import { changeSchema } from "#sync/http";

export interface UnloggedOptions {
  queryClient: QueryClient;
  channel: Pick<Channel, "post" | "subscribe">;
  trace: Trace;
}

export interface Unlogged {
  /** A write of this tab that the server accepted, and named no revision for. */
  publish(change: Change): void;
  close(): void;
}

/** To the protocol this is junk, and to any tab whose data has an as-of it is nothing. */
const messageSchema = z.object({ unlogged: changeSchema });

/**
 * What can be done for tabs whose server keeps no log of changes: they tell each other of their own
 * writes, at once and without any promise. Reading again at an age (`freshFor`) makes up for the rest.
 */
export function createUnlogged({ queryClient, channel, trace }: UnloggedOptions): Unlogged {
  const queries = queryClient.getQueryCache();

  function apply(change: Change, isOwn: boolean) {
    // Later than any row held: those of such a server are all of version 0.
    const news = { ...change, version: 1 };
    const inView = focusManager.isFocused();
    const stale = new Set<Query>();
    for (const query of queries.getAll().filter(isUnlogged)) {
      const { data, fetchStatus } = query.state;
      const effect = effectOf(query.queryKey, news, data);
      if (effect === "none" || effect === "known") continue;
      const isPatched = effect !== "stale" && (isOwn || (inView && query.isActive()));
      if (isPatched) query.setState({ data: effect.patched });
      // What is under way left before the write.
      if (!isPatched || fetchStatus !== "idle") stale.add(query);
    }
    trace.add({ type: "note", text: `${change.op} ${change.resource}/${change.id}, unlogged` });
    void queryClient.invalidateQueries({
      predicate: (query) => stale.has(query),
      refetchType: inView ? "active" : "none",
    });
  }

  const undo = [
    channel.subscribe((value) => {
      const { data: message } = messageSchema.safeParse(value);
      if (message) apply(message.unlogged, false);
    }),
    queries.subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "success") return;
      // It has begun to keep one: nobody will ever tell of changes to what was read before.
      if (asOf(event.query.state.data) && focusManager.isFocused())
        void queryClient.invalidateQueries({ predicate: isUnlogged }, { cancelRefetch: false });
    }),
  ];

  return {
    publish(change) {
      apply(change, true);
      channel.post({ unlogged: change });
    },
    close() {
      for (const each of undo) each();
    },
  };
}

function isUnlogged({ state }: Query): boolean {
  return state.data !== undefined && !asOf(state.data);
}
