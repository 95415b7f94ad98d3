import * as z from "zod";
import { createEmitter } from "#sync";
import type { TabStorage } from "./tab-storage.ts";

/** Something typed and not yet saved. */
export interface Draft {
  /** What it is about: `edit/<account>`, `note/<account>`, `note/<account>/<activity>`. */
  readonly subject: string;
  /** The form's own; parse it where it is used. */
  readonly value: unknown;
  /** Milliseconds since the Unix epoch. */
  readonly savedAt: number;
}

/** What was typed in this tab, kept until it is saved or the user lets go of it. */
export interface Drafts {
  get(subject: string): Draft | undefined;
  /** Newest first. The same array until something changes. */
  readonly all: readonly Draft[];
  /** Cheap enough for each keystroke. */
  put(subject: string, value: unknown): void;
  remove(subject: string): void;
  subscribe(listener: () => void): () => void;
  /** Reads again what is kept, after another tab's drafts were taken over. */
  load(): Promise<void>;
}

const keptSchema = z.object({ value: z.unknown(), savedAt: z.number() });

/** Call `load` before anything is shown. */
export function createDrafts(keeper: TabStorage): Drafts {
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
      const savedAt = Date.now();
      keeper.keep({ kind: "drafts", name: subject, value: { value, savedAt } });
      set([...without(subject), { subject, value, savedAt }]);
    },
    remove(subject) {
      keeper.keep({ kind: "drafts", name: subject });
      if (without(subject).length < all.length) set(without(subject));
    },
    subscribe: changed.subscribe,
    async load() {
      const drafts = new Map(all.map((draft) => [draft.subject, draft]));
      for (const [subject, kept] of await keeper.read("drafts")) {
        const { data } = keptSchema.safeParse(kept);
        if (data && !drafts.has(subject)) drafts.set(subject, { subject, ...data });
      }
      set([...drafts.values()]);
    },
  };
}
