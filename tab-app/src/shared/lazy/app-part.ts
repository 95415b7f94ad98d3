import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { Part } from "#ui/parts/part.ts";

type Loaded = Pick<Part<object>, "value" | "subscribe" | "request">;

/** Components of the features that no first paint shows. */
export const AppPartContext = createContext<Loaded>({
  value: null,
  subscribe: () => () => {},
  request() {},
});

/**
 * Code of a feature that is loaded later: `T` has what it needs of it, and `app/parts.ts` exports that. Null until it
 * is loaded, which `UiProvider` does when the page is idle, or a user's need of it, `isNeeded`, does at once.
 */
export function useAppPart<T extends object>(isNeeded = false): T | null {
  const part = useContext(AppPartContext);
  useEffect(() => {
    if (isNeeded) part.request();
  }, [isNeeded, part]);
  return useSyncExternalStore(part.subscribe, () => part.value) as T | null;
}
