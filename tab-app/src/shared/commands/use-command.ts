import { createContext, useContext, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { CommandId } from "./command-list.ts";
import type { Commands } from "./commands.ts";

/** Null on a page without commands, as in a test of one component. */
export const CommandsContext = createContext<Commands | null>(null);

/** Offers to do a command while this is on the page: by its key, and in the command menu. */
export function useCommand(id: CommandId, run: () => void, isOffered = true): void {
  const commands = useContext(CommandsContext);
  const latest = useRef(run);
  latest.current = run;
  useLayoutEffect(
    () => (isOffered ? commands?.offer(id, () => latest.current()) : undefined),
    [commands, id, isOffered],
  );
}

/** Offers to do a command by opening what then does it. */
export function useOpeningCommand(id: CommandId, open: () => void, isOffered = true): void {
  const commands = useContext(CommandsContext);
  useCommand(
    id,
    () => {
      const before = commands?.offered(id);
      flushSync(open);
      const opened = commands?.offered(id);
      if (opened !== before) opened?.();
    },
    isOffered,
  );
}
