import { expect, type Frame, type Page } from "@playwright/test";

export interface Listener {
  /** Waits until at least this many messages have reached the realm. */
  received(count: number): Promise<void>;
  /** Waits until this many changes have reached the realm. A repeated change counts once. */
  receivedChanges(count: number): Promise<void>;
  /** The messages so far, as JSON. */
  messages(): Promise<string[]>;
}

/** Listens to the broadcast channel of the tabs from inside a realm. */
export async function listen(realm: Page | Frame): Promise<Listener> {
  const handle = await realm.evaluateHandle(() => {
    const messages: string[] = [];
    const revisions = new Set<number>();
    new BroadcastChannel("tandem").onmessage = ({ data }) => {
      try {
        messages.push(JSON.stringify(data) ?? "");
        for (const { rev } of data.changes) revisions.add(rev);
      } catch {
        // A message may be anything: not JSON, or without changes.
      }
    };
    return { messages, revisions };
  });
  const messages = () => handle.evaluate(({ messages }) => messages);
  return {
    messages,
    received: (count) =>
      expect.poll(async () => (await messages()).length).toBeGreaterThanOrEqual(count),
    receivedChanges: (count) =>
      expect.poll(() => handle.evaluate(({ revisions }) => revisions.size)).toBe(count),
  };
}
