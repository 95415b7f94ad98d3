import * as z from "zod";
import { type Relay, relayLimit } from "#api/engine/relay.ts";
import { type Present, presentLimit, presentSchema } from "#contract/presence.ts";

/** Milliseconds that a report which says nothing new may wait, to be passed on with others. */
const repeatAfter = 2_000;

const messageSchema = z.strictObject({
  /** Tabs that were reported to the sender, and those that have left. */
  present: z.array(presentSchema).max(presentLimit).optional(),
  left: z.array(presentSchema.shape.tabId).max(presentLimit).optional(),
  /** The sender wants to hear of all tabs that are reported to the others. */
  asks: z.literal(true).optional(),
});
type Message = z.infer<typeof messageSchema>;

export interface PresenceRelayOptions {
  relay: Relay;
  /** A tab is there, by what another process heard. */
  put: (present: Present) => void;
  leave: (tabId: string) => void;
  /** The tabs that are reported to this process. */
  own: () => readonly Present[];
}

export type PresenceRelay = ReturnType<typeof createPresenceRelay>;

/** Tells the other processes of a workspace which tabs are reported to this one, and hears theirs. */
export function createPresenceRelay({ relay, put, leave, own }: PresenceRelayOptions) {
  const untold = new Map<string, Present | null>();
  let timer: NodeJS.Timeout | null = null;

  function tellNow(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const entries = [...untold];
    untold.clear();
    for (const message of toMessages(entries)) relay.publish(JSON.stringify(message));
  }

  const unsubscribe = relay.subscribe({
    heard(text) {
      const message = messageSchema.safeParse(parse(text)).data;
      for (const each of message?.present ?? []) put(each);
      for (const tabId of message?.left ?? []) leave(tabId);
      if (!message?.asks) return;
      for (const each of own()) untold.set(each.tabId, each);
      tellNow();
    },
    connected() {
      relay.publish(JSON.stringify({ asks: true } satisfies Message));
      for (const each of own()) untold.set(each.tabId, each);
      tellNow();
    },
  });

  return {
    /** A report that says something new is passed on at once, so that what follows on it elsewhere comes after it. */
    tell(tabId: string, present: Present | null, isNews: boolean): void {
      untold.set(tabId, present);
      if (isNews) tellNow();
      else timer ??= setTimeout(tellNow, repeatAfter).unref();
    },
    close(): void {
      if (timer) clearTimeout(timer);
      unsubscribe();
    },
  };
}

function toMessages(entries: readonly (readonly [string, Present | null])[]): Message[] {
  const messages: Message[] = [];
  let room = 0;
  for (const [tabId, present] of entries) {
    const size = Buffer.byteLength(JSON.stringify(present ?? tabId)) + 1;
    if (room < size) {
      messages.push({ present: [], left: [] });
      room = relayLimit - 100;
    }
    room -= size;
    const message = messages.at(-1);
    if (present) message?.present?.push(present);
    else message?.left?.push(tabId);
  }
  return messages;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
