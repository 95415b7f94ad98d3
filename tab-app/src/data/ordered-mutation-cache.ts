import { type Mutation, MutationCache } from "@tanstack/react-query";

/**
 * Sends what waited for the network in the order in which it was added; react-query's own sends all at
 * once. The reads that follow a reconnect do not wait for the writes: their answers carry an as-of.
 */
export class OrderedMutationCache extends MutationCache {
  override async resumePausedMutations(): Promise<void> {
    void this.#resumeInOrder();
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the method that it overrides
  override async runNext(mutation: Mutation<any, any, any, any>): Promise<unknown> {
    // Who begins the next one waits for nothing of it: its own callbacks see to a failure.
    return super.runNext(mutation).catch(() => {});
  }

  async #resumeInOrder(): Promise<void> {
    // Of one scope none can go before the one that was added before it: any other order waits for ever.
    for (const mutation of this.getAll().filter(({ state }) => state.isPaused)) {
      // Its own callbacks see to a failure; those after it go on.
      await mutation.continue().catch(() => {});
    }
  }
}
