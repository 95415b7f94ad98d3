import { useMemo } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { type Access, createAccess } from "#data/server/access.ts";

/** Only where people sign in at a provider. */
export function useAccess(): Access {
  const { session } = useData();
  return useMemo(() => {
    const { id } = session.get();
    return createAccess(() => session.lose(id));
  }, [session]);
}
