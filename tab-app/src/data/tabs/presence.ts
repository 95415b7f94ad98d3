import * as z from "zod/mini";
import {
  type Channel,
  createChannel,
  createEmitter,
  heldLocks,
  holdLockWhile,
  type Locks,
  whilePageLives,
} from "#sync";
import { readTabId } from "./tab-id.ts";

/** Another tab with an open form on an account. */
export interface Editor {
  readonly tabId: string;
  /** "Tab B" */
  readonly tabName: string;
  /** A pane can be brought into view; a browser tab cannot. */
  readonly isPane: boolean;
  /** A pane beside this one: what its tab is called says where it is. */
  readonly isSameWindow: boolean;
  /** Null for a guest. */
  readonly userId: string | null;
}

export interface Presence {
  /** Forms in other tabs of this browser. The same array until something changes. */
  editorsOf(accountId: string): readonly Editor[];
  subscribe(listener: () => void): () => void;
  /** Announces that this tab edits the account, until the undo is called or the tab is gone. */
  edit(accountId: string): () => void;
  /** Asks another tab to bring its pane into view and take the focus. */
  reveal(editor: Pick<Editor, "tabId">): void;
  close(): void;
}

export interface PresenceOptions {
  tabId: string;
  windowId: string;
  /** Called with each form that opens; what it returns, when the form closes. */
  onEdit?: (accountId: string) => () => void;
  /** Another tab asks for this one. Null in a browser tab, which cannot come to the front by itself. */
  onReveal: (() => void) | null;
  /** Parts its locks from those of other sessions. */
  session?: string | undefined;
  locks?: Locks | undefined;
  channel?: Channel;
}

/** Account, tab, whether that is a pane, and window, which tabs of an earlier version leave out. */
const lockSchema = z.tuple([z.string(), z.string(), z.boolean()], z.string());
const messageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("editing") }),
  z.object({ type: z.literal("reveal"), tabId: z.string() }),
]);
const none: readonly Editor[] = [];

/**
 * Each open form holds a Web Lock whose name says what it edits. A form that opens is announced on a channel.
 * Its end needs no message, not even after a crash: every other tab waits for its lock.
 */
export function createPresence({
  tabId,
  windowId,
  onEdit = () => () => {},
  onReveal,
  session,
  locks = globalThis.navigator.locks,
  channel = createChannel({ name: "tandem-presence" }),
}: PresenceOptions): Presence {
  const prefix = session === undefined ? "tandem-editing " : `tandem-editing ${session} `;
  const changed = createEmitter<void>();
  const awaited = new Set<string>();
  const closing = new AbortController();
  let editors: ReadonlyMap<string, readonly Editor[]> = new Map();

  async function update() {
    const names = await heldLocks(prefix, "shared", locks).catch(() => new Set<string>());
    if (closing.signal.aborted) return;
    const next = new Map<string, Editor[]>();
    for (const name of names) {
      const [accountId, other, isPane, window] = readLock(name) ?? [];
      if (accountId === undefined || !other || other === tabId) continue;
      const { tabName, userId } = readTabId(other);
      const place = { isPane: isPane === true, isSameWindow: window === windowId };
      const editor = { tabId: other, tabName, userId, ...place };
      next.set(accountId, [...(next.get(accountId) ?? []), editor]);
      void awaitEnd(prefix + name);
    }
    if (JSON.stringify([...next]) === JSON.stringify([...editors])) return;
    editors = next;
    changed.emit();
  }

  async function awaitEnd(name: string) {
    if (awaited.has(name)) return;
    awaited.add(name);
    // Acquiring the lock means that its holder has gone. Exclusive, the other waiting tabs acquire it in turn.
    await locks?.request(name, { signal: closing.signal }, async () => {}).catch(() => {});
    awaited.delete(name);
    if (!closing.signal.aborted) await update();
  }

  channel.subscribe((value) => {
    const { data: message } = messageSchema.safeParse(value);
    if (message?.type === "editing") void update();
    if (message?.type === "reveal" && message.tabId === tabId) onReveal?.();
  });
  void update();

  return {
    editorsOf: (accountId) => editors.get(accountId) ?? none,
    subscribe: changed.subscribe,
    edit(accountId) {
      const name = JSON.stringify([accountId, tabId, onReveal !== null, windowId]);
      const endEdit = onEdit(accountId);
      const release = holdLockWhile(whilePageLives(), prefix + name, { locks, mode: "shared" });
      // Lock requests are served in order: it is held before another tab can act on the message.
      void heldLocks(prefix, "shared", locks).then(() => channel.post({ type: "editing" }));
      return () => {
        release();
        endEdit();
      };
    },
    reveal: (editor) => channel.post({ type: "reveal", tabId: editor.tabId }),
    close() {
      closing.abort();
      channel.close();
    },
  };
}

function readLock(name: string): z.infer<typeof lockSchema> | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(name)).data;
  } catch {
    return undefined;
  }
}
