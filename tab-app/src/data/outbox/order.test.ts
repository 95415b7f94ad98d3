import { onlineManager } from "@tanstack/react-query";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Activity } from "#contract/rows.ts";
import { createDrafts } from "#data/storage/drafts.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { createTrace } from "#sync";
import { createOutbox } from "./create-outbox.ts";
import { forgetDraft, stampOfDraft } from "./forget-draft.ts";
import { layOnFeed } from "./overlay.ts";
import { createQueue } from "./queue.ts";
import type { Write } from "./writes.ts";

beforeEach(() => {
  vi.useFakeTimers();
  onlineManager.setOnline(false);
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

const ids = ["a", "b", "c"];
const rows: readonly Activity[] = ids.map((id) => ({
  id,
  accountId: "acc-1",
  kind: "note",
  title: id,
  at: "2026-11-20T09:00:00.000Z",
  pinned: false,
  version: 1,
}));

async function openTab(store: PersistentStore) {
  const storage = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  const queue = createQueue(storage);
  const drafts = createDrafts(storage);
  const sent: string[] = [];
  const outbox = createOutbox({
    queue,
    async send(write) {
      sent.push(textOf(write));
      return null;
    },
    publish: () => {},
    trace: createTrace(),
    stampOfDraft: (write) => stampOfDraft(drafts, write),
  });
  outbox.onConfirmed((confirmed) => forgetDraft(drafts, confirmed));
  await Promise.all([drafts.load(), outbox.load()]);
  const asked = () => outbox.entries.map(({ write }) => textOf(write));
  const shown = () =>
    layOnFeed(rows, outbox.entries, "acc-1").map(({ id, pinned }) => `${id} ${pinned}`);
  async function close() {
    await storage.flush();
    outbox.close();
    queue.close();
    storage.close();
  }
  return { outbox, drafts, sent, asked, shown, close };
}

const textOf = (write: Write) =>
  write.type === "pin" ? `${write.id} ${write.pinned}` : write.type;

/** What the clock says at each press: set forth or back at will, or standing still. */
const presses = fc.array(
  fc.record({
    clock: fc.constantFrom(0, 1, 1000, 86_400_000, 31_536_000_000, 1_800_000_000_000),
    id: fc.constantFrom(...ids),
    pinned: fc.boolean(),
    reloads: fc.nat(3).map((of) => of === 3),
  }),
  { maxLength: 12 },
);

test("whatever the clock says, the order asked for is the order shown, and sent after a reload", async () => {
  await fc.assert(
    fc.asyncProperty(presses, async (pressed) => {
      onlineManager.setOnline(false);
      const store = createMemoryStore();
      let tab = await openTab(store);
      const order: string[] = [];
      const last = new Map(ids.map((id) => [id, false]));
      for (const { clock, id, pinned, reloads } of pressed) {
        vi.setSystemTime(clock);
        tab.outbox.send({ type: "pin", id, accountId: "acc-1", title: id, pinned }).catch(() => {});
        order.push(`${id} ${pinned}`);
        last.set(id, pinned);
        if (reloads) {
          await tab.close();
          tab = await openTab(store);
        }
        expect(tab.asked()).toEqual(order);
        expect(tab.shown()).toEqual(
          expect.arrayContaining(Array.from(last, ([key, value]) => `${key} ${value}`)),
        );
      }
      await tab.close();
      tab = await openTab(store);
      expect(tab.asked()).toEqual(order);
      onlineManager.setOnline(true);
      await vi.advanceTimersByTimeAsync(100);
      expect(tab.sent).toEqual(order);
      await tab.close();
    }),
    { numRuns: 100 },
  );
});

const edit = {
  type: "edit note",
  id: "a",
  accountId: "acc-1",
  base: { version: 1, fields: { title: "a", body: "" } },
  changes: { title: "saved" },
} as const;
const subject = "note/acc-1/a";

test.each([
  ["back", -86_400_000],
  ["not at all", 0],
  ["forth", 86_400_000],
])(
  "a draft goes with the write that was made of it, though the clock was set %s",
  async (_, by) => {
    const tab = await openTab(createMemoryStore());
    tab.drafts.put(subject, "saved");
    vi.setSystemTime(Date.now() + by);
    tab.outbox.send(edit).catch(() => {});
    onlineManager.setOnline(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(tab.drafts.get(subject)).toBeUndefined();
    await tab.close();
  },
);

test.each([
  ["back", -86_400_000],
  ["not at all", 0],
  ["forth", 86_400_000],
])(
  "what is typed while the write is under way stays, though the clock was set %s",
  async (_, by) => {
    const store = createMemoryStore();
    const before = await openTab(store);
    before.drafts.put(subject, "saved");
    before.outbox.send(edit).catch(() => {});
    vi.setSystemTime(Date.now() + by);
    before.drafts.put(subject, "typed since");
    await before.close();
    const tab = await openTab(store);
    onlineManager.setOnline(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(tab.asked()).toEqual([]);
    expect(tab.drafts.get(subject)?.value).toBe("typed since");
    await tab.close();
  },
);
