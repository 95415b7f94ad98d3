import { createContext, useContext } from "react";
import type { Data } from "#data/session/data.ts";

export const DataContext = createContext<Data | null>(null);

export function useData(): Data {
  const data = useContext(DataContext);
  if (!data) throw new Error("useData needs a DataContext above it");
  return data;
}
