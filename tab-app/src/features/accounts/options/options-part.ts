import { type ComponentType, createContext, useContext } from "react";
import type { Part } from "#ui/parts/part.ts";
import type { ListOptionsProps } from "./list-options.tsx";

/** The fields of the list's filter and order, which no first paint shows. */
export type OptionsPart = Part<{ readonly ListOptions: ComponentType<ListOptionsProps> }>;

export const OptionsPartContext = createContext<OptionsPart | null>(null);

export function useOptionsPart(): OptionsPart {
  const part = useContext(OptionsPartContext);
  if (!part) throw new Error("The list of accounts needs an OptionsPartContext above");
  return part;
}
