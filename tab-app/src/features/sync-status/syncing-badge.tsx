import { statusWords } from "#contract/sync-words.ts";
import { useQueryActivity } from "#sync/react";
import { Badge } from "#ui/badge.tsx";
import { StatusDot } from "#ui/status-dot.tsx";
import styles from "./syncing-badge.module.css";

export function SyncingBadge({ queryKey }: { queryKey: readonly unknown[] }) {
  if (useQueryActivity(queryKey) === "idle") return null;
  return (
    <Badge variant="plain" className={styles.badge} icon={<StatusDot tone="accent" pulse />}>
      {statusWords.syncing}
    </Badge>
  );
}
