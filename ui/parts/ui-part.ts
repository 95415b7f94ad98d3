import { createContext, useContext } from "react";
import type { Part } from "./part.ts";

/** What is made of Base UI, and, where an app has long lists, what renders a part of them. */
export type UiParts = typeof import("./ui-parts.ts") &
  Partial<typeof import("./row-virtualizer.ts")>;

export const UiPartContext = createContext<Part<UiParts> | null>(null);

/** Only under `UiProvider`. */
export function useUiPart(): Part<UiParts> {
  const part = useContext(UiPartContext);
  if (!part) throw new Error("Popups need a UiProvider above");
  return part;
}
