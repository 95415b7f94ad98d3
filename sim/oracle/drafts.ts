import type { Write } from "#data/outbox/writes.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import type { Tab } from "../tab/tab.ts";
import type { Fail } from "./violations.ts";

/** Claim "drafts": typed text is in one open tab, or in the storage, until its user is done with it. */
export interface DraftsWatch {
  typed(tab: Tab, session: string, subject: string, value: number): void;
  /** The user replaces or discards what the tab holds about the subject. */
  discarded(tab: Tab, subject: string): void;
  /** A write was asked for. */
  submitted(tab: Tab, write: Write): void;
  /** It was confirmed: the text that it was made of is saved. What was typed since is not. */
  saved(write: Write): void;
  cameBackFromCache(tab: Tab): void;
  judge(tabs: readonly Tab[], sessionId: string, when: string): Promise<void>;
}

export interface DraftsWatchOptions {
  store: () => PersistentStore | null;
  fail: Fail;
}

interface TypedText {
  readonly session: string;
  readonly subject: string;
  /** Replaced, discarded or saved. */
  isOver: boolean;
}

export function createDraftsWatch({ store, fail }: DraftsWatchOptions): DraftsWatch {
  /** By the text, which is a number that is typed only once. */
  const texts = new Map<number, TypedText>();
  /** By the key of the write that was made of it. */
  const submitted = new Map<string, TypedText>();
  /** A tab in the back/forward cache may have been taken for gone, and its drafts adopted. */
  const cameBack = new Set<Tab>();

  const holds = (tab: Tab, value: number) => tab.drafts.all.some((draft) => draft.value === value);

  function discarded(tab: Tab, subject: string) {
    const text = texts.get(tab.drafts.get(subject)?.value as number);
    if (text) text.isOver = true;
  }

  async function isStored(value: number): Promise<boolean> {
    for (const name of (await store()?.tabs("drafts")) ?? [])
      for (const draft of (await store()?.read("drafts", name))?.values() ?? [])
        if ((draft as { value: unknown }).value === value) return true;
    return false;
  }

  return {
    typed(tab, session, subject, value) {
      discarded(tab, subject);
      texts.set(value, { session, subject, isOver: false });
    },
    discarded,
    submitted(tab, write) {
      if (write.type !== "edit account") return;
      const text = texts.get(tab.drafts.get(`edit/${write.id}`)?.value as number);
      if (text) submitted.set(write.key, text);
    },
    saved({ key }) {
      const text = submitted.get(key);
      if (text) text.isOver = true;
    },
    cameBackFromCache: (tab) => void cameBack.add(tab),
    async judge(living, sessionId, when) {
      for (const [value, { session, subject, isOver }] of texts) {
        if (isOver || session !== sessionId) continue;
        const holders = living.filter((tab) => holds(tab, value));
        if (holders.length > 1 && !holders.some((tab) => cameBack.has(tab)))
          fail("drafts", `${when}: ${subject} is offered by ${holders.length} tabs`);
        if (holders.length === 0 && !(await isStored(value)))
          fail("drafts", `${when}: the text typed about ${subject} is lost`);
      }
    },
  };
}
