import { expect, type Frame, type Page } from "@playwright/test";

export interface Listener {
  /** Waits until this many messages, or more, have reached the realm. */
  heard(count: number): Promise<void>;
  /** Waits until this many changes have; one that comes twice counts once. */
  heardChanges(count: number): Promise<void>;
  /** The messages so far, as JSON. */
  messages(): Promise<string[]>;
}

/** Listens in on the channel between tabs, from inside a realm. */
export async function listen(realm: Page | Frame): Promise<Listener> {
  const handle = await realm.evaluateHandle(() => {
    const messages: string[] = [];
    const revisions = new Set<number>();
    new BroadcastChannel("tandem").onmessage = ({ data }) => {
      try {
        messages.push(JSON.stringify(data) ?? "");
        for (const { rev } of data.changes) revisions.add(rev);
      } catch {
        // Anything may be on the channel, also what is no JSON or has no changes.
      }
    };
    return { messages, revisions };
  });
  const messages = () => handle.evaluate(({ messages }) => messages);
  return {
    messages,
    heard: (count) =>
      expect.poll(async () => (await messages()).length).toBeGreaterThanOrEqual(count),
    heardChanges: (count) =>
      expect.poll(() => handle.evaluate(({ revisions }) => revisions.size)).toBe(count),
  };
}
