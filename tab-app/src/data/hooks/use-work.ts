import { notifyManager } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import type { Session } from "#data/session/session.ts";
import type { Draft } from "#data/storage/drafts.ts";
import { useData } from "./use-data.ts";

/** This tab's writes that the server has not accepted, oldest first. */
export function useOutbox(): readonly OutboxEntry[] {
  const { outbox } = useData();
  // As react-query tells of its data: a write that is confirmed renders once, and a request leaves before its entry
  // is rendered.
  const subscribe = useCallback(
    (listener: () => void) => outbox.subscribe(notifyManager.batchCalls(listener)),
    [outbox],
  );
  return useSyncExternalStore(subscribe, () => outbox.entries);
}

/** What was typed for `subject` and not saved. */
export function useDraft(subject: string): Draft | undefined {
  const { drafts } = useData();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(subject));
}

export function useSession(): Session {
  const { session } = useData();
  return useSyncExternalStore(session.subscribe, session.get);
}

/** The browser's message where persistent storage has failed; null while it works. */
export function useStorageTrouble(): string | null {
  const { storage } = useData();
  return useSyncExternalStore(storage.subscribe, () => storage.trouble);
}
