import { type Mutation, MutationCache } from "@tanstack/react-query";

// biome-ignore lint/suspicious/noExplicitAny: as react-query's own methods take them
type AnyMutation = Mutation<any, any, any, any>;

/**
 * Sends what waited for the network in the order in which it was added; react-query's own sends all at
 * once. The reads that follow a reconnect do not wait for the writes: their answers carry an as-of.
 */
export class OrderedMutationCache extends MutationCache {
  override async resumePausedMutations(): Promise<void> {
    void this.#resumeInOrder();
  }

  override async runNext(mutation: AnyMutation): Promise<unknown> {
    // Who begins the next one waits for nothing of it: its own callbacks see to a failure.
    return super.runNext(mutation).catch(() => {});
  }

  async #resumeInOrder(): Promise<void> {
    // Of one scope none can go before the one that was added before it: any other order waits for ever.
    for (const mutation of this.getAll().filter(({ state }) => state.status === "pending"))
      if (this.getAll().includes(mutation)) await this.#resume(mutation);
  }

  /** Until it is over, well or not, or taken back. */
  #resume(mutation: AnyMutation): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        unsubscribe();
        resolve();
      };
      const unsubscribe = this.subscribe((event) => {
        if (event.type === "removed" && event.mutation === mutation) settle();
      });
      mutation.continue().then(settle, settle);
    });
  }
}
