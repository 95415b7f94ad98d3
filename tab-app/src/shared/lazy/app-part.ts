import { createContext, useContext, useSyncExternalStore } from "react";
import type { Part } from "#ui/parts/part.ts";

type Loaded = Pick<Part<object>, "value" | "subscribe">;

/** Components of the features that no first paint shows. */
export const AppPartContext = createContext<Loaded>({ value: null, subscribe: () => () => {} });

/**
 * Code of a feature that is loaded later: `T` has what it needs of it, and `app/parts.ts` exports that. Null until it
 * is loaded, which `UiProvider` does when the page is idle.
 */
export function useAppPart<T extends object>(): T | null {
  const part = useContext(AppPartContext);
  return useSyncExternalStore(part.subscribe, () => part.value) as T | null;
}
