import { UnreachableError } from "#data/server/api-error.ts";

/** Whether the browser has a network. */
export interface Online {
  isOnline(): boolean;
  subscribe(listener: (isOnline: boolean) => void): () => void;
}

export interface SendingOptions {
  online: Online;
  /** Ends the sending between two attempts. An attempt that arrives counts all the same. */
  signal: AbortSignal;
  onUnanswered: (error: UnreachableError) => void;
}

/**
 * Repeats an attempt until there is an answer, whether the tab is in view or not. A refusal is an answer: it
 * would be refused again.
 */
export async function sendUntilAnswered<T>(
  attempt: () => Promise<T>,
  { online, signal, onUnanswered }: SendingOptions,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    let named = 0;
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      signal.throwIfAborted();
      onUnanswered(error);
      named = error.retryAfter;
    }
    await pause(Math.max(named, Math.min(500 * 2 ** failures, 10_000)), online, signal);
  }
}

/** Resolves after `ms`, without a network not before it is back, and as soon as it is; or by the signal. */
function pause(ms: number, online: Online, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(() => online.isOnline() && end(), ms);
    const unsubscribe = online.subscribe((isOnline) => isOnline && end());
    signal.addEventListener("abort", end);
  });
}
