import type { Openable } from "#contract/pane.ts";
import { createEmitter } from "#sync";
import type { CommandId } from "./command-list.ts";

type Run = () => void;

/** What the page offers to do now, and whether its commands or its shortcuts are open over it. */
export interface Commands {
  /** What does a command: of several that offer to, the latest. */
  offered(id: CommandId): Run | undefined;
  /** Offers to do a command. Returns the undo. */
  offer(id: CommandId, run: Run): () => void;
  readonly shown: Openable | null;
  show(what: Openable | null): void;
  /** Called when `shown` changes. */
  subscribe(listener: () => void): () => void;
}

export function createCommands(): Commands {
  const changed = createEmitter<void>();
  const offers: { readonly id: CommandId; readonly run: Run }[] = [];
  let shown: Openable | null = null;
  return {
    offered: (id) => offers.findLast((each) => each.id === id)?.run,
    offer(id, run) {
      const offer = { id, run };
      offers.push(offer);
      return () => void offers.splice(offers.indexOf(offer), 1);
    },
    get shown() {
      return shown;
    },
    show(what) {
      if (what === shown) return;
      shown = what;
      changed.emit();
    },
    subscribe: changed.subscribe,
  };
}
