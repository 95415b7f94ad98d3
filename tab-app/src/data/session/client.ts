import { focusManager, onlineManager, QueryClient } from "@tanstack/react-query";
import { ApiError } from "#data/server/api-error.ts";

/** The tab's own QueryClient. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A refusal would be repeated; a request that was lost may yet arrive.
        retry: (failures, error) =>
          !(error instanceof ApiError && error.status < 500) && failures < 2,
        // Out of view nothing is read; the focus manager knows what is in view (`connectFocusManager`).
        refetchOnReconnect: () => focusManager.isFocused(),
        // Notified a moment later, when it may be out of view again.
        refetchOnWindowFocus: () => focusManager.isFocused(),
        // One begun offline would go on when the network is back, in view or not.
        refetchOnMount: () => focusManager.isFocused() && onlineManager.isOnline(),
        retryDelay: (failures) => Math.min(400 * 2 ** failures, 5000),
      },
    },
  });
}
