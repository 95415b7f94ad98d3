import type { TabNameClaim } from "#data/tabs/claim-tab-name.ts";
import { type OpenSession, type OpenSessionOptions, openSession } from "./open-session.ts";

export interface FollowOptions extends Omit<OpenSessionOptions, "storageName"> {
  claim: Promise<Pick<TabNameClaim, "name">>;
  /** Called with each session that is open. Returns what removes it from the page when it ends. */
  onOpen: (open: OpenSession, storageName: string) => () => void;
}

/**
 * Opens the current session, and each later one. The data of a session is dropped in the same task as the
 * event of its end, because a page that wakes is painted right after it. Returns the undo.
 */
export function followSession({ claim, onOpen, ...options }: FollowOptions): () => void {
  const { session } = options;
  let end = () => {};
  let closed = false;

  async function begin() {
    const { id } = session.get();
    const { name: storageName } = await claim;
    // Opening the storage for a session that is over would delete what the next one has stored.
    session.check();
    const isStill = () => !closed && session.get().id === id;
    if (!isStill()) return;
    const opened = await openSession({ ...options, storageName });
    if (!isStill()) return opened.close();
    const leave = onOpen(opened, storageName);
    end = () => {
      end = () => {};
      leave();
      opened.close();
    };
  }

  const forget = session.subscribe(() => {
    end();
    void begin();
  });
  void begin();

  return () => {
    closed = true;
    forget();
    end();
  };
}
