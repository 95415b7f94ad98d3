import { useSyncExternalStore } from "react";
import type { Part } from "./part.ts";

/** Null until the part is loaded. */
export function usePart<T>(part: Part<T>): T | null {
  return useSyncExternalStore(part.subscribe, () => part.value);
}
