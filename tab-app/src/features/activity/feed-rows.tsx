import { Fragment, type KeyboardEvent } from "react";
import { useSession } from "#data/hooks/use-work.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { dayKey, formatDay } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { ActivityArticle } from "./activity-article.tsx";
import styles from "./activity-feed.module.css";
import { isOwnNote } from "./notes/is-own-note.ts";
import { stepThroughFeed } from "./step-through-feed.ts";

export interface FeedRowsProps {
  rows: readonly FeedRow[];
  /** There are no older rows. */
  isComplete: boolean;
  isLoading: boolean;
}

export function FeedRows({ rows, isComplete, isLoading }: FeedRowsProps) {
  const { who } = useSession();
  const users = useUsers();
  const now = useNow();
  return (
    <div
      role="feed"
      aria-label="Activity"
      aria-busy={isLoading}
      className={styles.feed}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        if (stepThroughFeed(event.currentTarget, event)) event.preventDefault();
      }}
    >
      {rows.map((row, index) => {
        const at = Date.parse(row.at);
        const before = rows[index - 1];
        const opensDay = !before || dayKey(Date.parse(before.at)) !== dayKey(at);
        return (
          <Fragment key={row.id}>
            {opensDay && (
              <div aria-hidden="true" className={styles.day}>
                {formatDay(at, now)}
              </div>
            )}
            <ActivityArticle
              row={row}
              author={users.get(row.authorId ?? "")}
              isOwn={isOwnNote(row, who)}
              position={index + 1}
              setSize={isComplete ? rows.length : -1}
            />
          </Fragment>
        );
      })}
    </div>
  );
}
