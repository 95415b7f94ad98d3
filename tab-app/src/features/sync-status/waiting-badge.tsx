import { statusWords } from "#contract/sync-words.ts";
import { useWaiting } from "#sync/react";
import { Badge } from "#ui/badge.tsx";

export function WaitingBadge({ queryKey }: { queryKey: readonly unknown[] }) {
  return useWaiting(queryKey) ? <Badge tone="blue">{statusWords.waiting}</Badge> : null;
}
