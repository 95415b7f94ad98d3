import { type Mutation, MutationCache } from "@tanstack/react-query";

/**
 * Sends what waited for the network in the order in which it was asked for; react-query's own sends all
 * at once. The reads that follow a reconnect do not wait for the writes: their answers carry an as-of.
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
    const paused = this.getAll().filter(({ state }) => state.isPaused);
    for (const mutation of paused.sort((a, b) => a.state.submittedAt - b.state.submittedAt)) {
      // Its own callbacks see to a failure; those after it go on.
      await mutation.continue().catch(() => {});
    }
  }
}
