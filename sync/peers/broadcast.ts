import type { Context } from "../core/context.ts";
import type { Inbox } from "../core/inbox.ts";
import type { Change, LocalChange } from "../wire/change.ts";
import type { StreamHealth } from "../wire/change-log.ts";
import {
  type LeaseMessage,
  type Message,
  type MessageBody,
  protocolVersion,
  readMessage,
} from "../wire/message.ts";
import type { Revision } from "../wire/revision.ts";

/** What is done with the messages of other tabs. */
export interface Receiver {
  /** A tab runs another version of the protocol. */
  onForeign(): void;
  /** A message named an unknown epoch. */
  onUnknownEpoch(): void;
  onChanges(epoch: string, changes: readonly Change[]): void;
  onUnlogged(changes: readonly LocalChange[]): void;
  /** A tab holds the change stream. */
  onLeader(from: string, health: StreamHealth): void;
  onHead(head: Revision): void;
  onAnswer(from: string, queryKey: readonly unknown[], data: unknown): void;
  onLease(from: string, word: LeaseMessage): void;
}

export interface BroadcastOptions
  extends Pick<Context, "name" | "tabId" | "channel" | "ledger" | "timers" | "grace"> {
  /** Whether this tab's change stream is open, and what it knows of the stream. */
  leader: () => { readonly state: string; readonly health: StreamHealth };
  receiver: Receiver;
  /** Where messages wait for their turn. */
  inbox: Pick<Inbox, "add">;
}

export type Broadcast = ReturnType<typeof createBroadcast>;

/** What is sent to other tabs, and what of theirs is received. */
export function createBroadcast(options: BroadcastOptions) {
  const { name, tabId, channel, ledger, timers, grace, leader, receiver, inbox } = options;
  /** Revisions that were broadcast, by any tab. */
  const known = new Set<number>();
  let cancelHead = () => {};

  function remember(changes: readonly Change[]) {
    // A change that is broadcast twice costs a message, and nothing worse.
    if (known.size > 2000) known.clear();
    for (const { rev } of changes) known.add(rev);
  }

  function post(body: MessageBody) {
    channel.post({ [name]: protocolVersion, from: tabId, ...body });
  }

  function postChanges(epoch: string, candidates: readonly Change[]) {
    const changes = candidates.filter(({ rev }) => !known.has(rev));
    remember(changes);
    // The very last message may be lost as well: after a quiet moment this reveals it.
    cancelHead();
    cancelHead = timers.after(500, () => leader().state === "open" && postHead());
    if (changes.length) post({ type: "changes", epoch, changes });
  }

  function postHead() {
    if (!ledger.head) return;
    const { live, trouble } = leader().health;
    post({ type: "head", ...ledger.head, live, ...(trouble && { trouble }) });
  }

  function receive(value: unknown) {
    const received = readMessage(name, value);
    if (received.kind === "foreign") receiver.onForeign();
    if (received.kind !== "message") return;
    const { message } = received;
    // The lease is about the tabs themselves, and in time.
    if (message.type === "lease") return receiver.onLease(message.from, message);
    if (message.type === "unlogged")
      inbox.add({
        kind: "unlogged",
        changes: message.changes,
        handle: (slice: readonly LocalChange[]) => receiver.onUnlogged(slice),
      });
    else if (message.type === "changes" && message.changes.length)
      inbox.add({
        kind: `channel ${message.epoch}`,
        changes: message.changes,
        handle: (slice: readonly Change[]) => dispatch({ ...message, changes: [...slice] }),
      });
    else inbox.add({ kind: null, changes: [], handle: () => dispatch(message) });
  }

  function dispatch(message: Exclude<Message, { type: "lease" | "unlogged" }>) {
    if (message.type === "answer")
      return receiver.onAnswer(message.from, message.queryKey, message.data);
    if (message.epoch !== ledger.head?.epoch) {
      // Of another log, or before this tab knows of any: only the server can tell what it means. The revision
      // of a head that comes so early says nothing that the first answer will not say as well.
      if (ledger.head !== null || message.type === "changes") return receiver.onUnknownEpoch();
      return hearLeader(message);
    }
    if (message.type === "changes") {
      remember(message.changes);
      receiver.onChanges(message.epoch, message.changes);
    } else {
      const { epoch, rev } = message;
      hearLeader(message);
      receiver.onHead({ epoch, rev });
    }
  }

  function hearLeader(head: Extract<Message, { type: "head" }>) {
    const { from, live, trouble = null } = head;
    receiver.onLeader(from, { live, trouble });
  }

  return {
    /** Broadcasts changes that no tab has broadcast yet. */
    changes: postChanges,
    /** The same, after the tabs that wrote them have had the time to: one that is gone does not. */
    changesOfTabs: (epoch: string, changes: readonly Change[]) =>
      void timers.after(4 * grace, () => postChanges(epoch, changes)),
    /** Broadcasts where the server stands. */
    head: postHead,
    unlogged: (changes: LocalChange[]) => post({ type: "unlogged", changes }),
    answer: (queryKey: readonly unknown[], data: unknown) =>
      post({ type: "answer", queryKey: [...queryKey], data }),
    lease: (word: LeaseMessage) => post({ type: "lease", ...word }),
    close: channel.subscribe(receive),
  };
}
