import { useData } from "./use-data.ts";

/** False for a viewer, whose writes the server refuses. It does not change: another role is another session. */
export function useMayWrite(): boolean {
  const { who } = useData().session.get();
  return who.kind !== "user" || who.role !== "viewer";
}
