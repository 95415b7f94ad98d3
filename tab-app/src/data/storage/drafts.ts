import * as z from "zod/mini";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter } from "#sync";
import type { TabStorage } from "./tab-storage.ts";

/** Text typed and not submitted. */
export interface Draft {
  /** `account`, `edit/<account>`, `note/<account>`, `task/<account>` or `note/<account>/<activity>`: see `draft-subject.ts`. */
  readonly subject: string;
  /** The form's own shape, which parses it. */
  readonly value: unknown;
  /** Another one at each change. */
  readonly stamp: string;
  /** Milliseconds since the Unix epoch, by a clock that may be wrong. For show only. */
  readonly savedAt: number;
}

/** The drafts of this tab, until they are saved or discarded. */
export interface Drafts {
  get(subject: string): Draft | undefined;
  /** Newest first. The same array until something changes. */
  readonly all: readonly Draft[];
  /** Cheap enough for each keystroke. */
  put(subject: string, value: unknown): void;
  remove(subject: string): void;
  subscribe(listener: () => void): () => void;
  /** Reads the stored drafts; again after another tab's were adopted. */
  load(): Promise<void>;
}

const storedSchema = z.object({
  value: z.unknown(),
  /** Of an earlier version of the app, which knew none, no write is known to have the text. */
  stamp: z._default(z.string(), ""),
  savedAt: z.number(),
});

/** Call `load` before the first render. */
export function createDrafts(storage: Pick<TabStorage, "put" | "read">): Drafts {
  const changed = createEmitter<void>();
  let all: readonly Draft[] = [];

  function set(next: readonly Draft[]) {
    all = next.toSorted((a, b) => b.savedAt - a.savedAt);
    changed.emit();
  }
  const without = (subject: string) => all.filter((draft) => draft.subject !== subject);

  return {
    get: (subject) => all.find((draft) => draft.subject === subject),
    get all() {
      return all;
    },
    put(subject, value) {
      const stored = { value, stamp: randomDigits() + randomDigits(), savedAt: Date.now() };
      storage.put({ kind: "drafts", name: subject, value: stored });
      set([...without(subject), { subject, ...stored }]);
    },
    remove(subject) {
      storage.put({ kind: "drafts", name: subject });
      if (without(subject).length < all.length) set(without(subject));
    },
    subscribe: changed.subscribe,
    async load() {
      const drafts = new Map(all.map((draft) => [draft.subject, draft]));
      for (const [subject, stored] of await storage.read("drafts")) {
        const { data } = storedSchema.safeParse(stored);
        if (data && !drafts.has(subject)) drafts.set(subject, { subject, ...data });
      }
      set([...drafts.values()]);
    },
  };
}
