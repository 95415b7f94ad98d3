import { focusManager, onlineManager, QueryClient } from "@tanstack/react-query";
import { OrderedMutationCache } from "#data/outbox/ordered-mutation-cache.ts";
import { ApiError } from "#data/server/api-error.ts";
import type { Confirmed } from "#data/server/confirmed.ts";

/**
 * The tab's own QueryClient. The one consistency policy is here: a write that the server accepted is
 * published, once, and what it affects is decided in the same place for this tab and for all others.
 */
export function createQueryClient(publish: (confirmed: Confirmed) => void): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server refused it will refuse again; what never arrived may yet.
        retry: (failures, error) =>
          !(error instanceof ApiError && error.status < 500) && failures < 2,
        // Out of view nothing is read; "in view" is what the focus manager was told (`connectFocusManager`).
        refetchOnReconnect: () => focusManager.isFocused(),
        // Told a moment later, when it may be out of view again.
        refetchOnWindowFocus: () => focusManager.isFocused(),
        // One begun offline would go on when the network is back, looked at or not.
        refetchOnMount: () => focusManager.isFocused() && onlineManager.isOnline(),
        retryDelay: (failures) => Math.min(400 * 2 ** failures, 5000),
      },
    },
    mutationCache: new OrderedMutationCache({
      onSuccess: (result) => {
        if (isConfirmed(result)) publish(result);
      },
    }),
  });
}

function isConfirmed(result: unknown): result is Confirmed {
  return typeof result === "object" && result !== null && "change" in result;
}
