import { useCallback, useEffect, useState } from "react";
import type { Access, Members } from "#data/server/access.ts";
import { useAccess } from "./use-access.ts";

export interface MembersState {
  /** Null until they are read. */
  readonly value: Members | null;
  /** Why they could not be read. */
  readonly error: unknown;
  read(): void;
  /** Carries out a change, and reads them again. Rejects where it was refused. */
  change(how: (access: Access) => Promise<void>): Promise<void>;
}

/** The members of the workspace, read when `isAsked`. They are no rows, so no change of the log tells of them. */
export function useMembers(isAsked: boolean): MembersState {
  const access = useAccess();
  const [value, setValue] = useState<Members | null>(null);
  const [error, setError] = useState<unknown>(null);
  const read = useCallback(async () => {
    try {
      setValue(await access.members());
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  }, [access]);
  useEffect(() => {
    if (isAsked) void read();
  }, [isAsked, read]);
  return {
    value,
    error,
    read: () => void read(),
    async change(how) {
      await how(access);
      await read();
    },
  };
}
