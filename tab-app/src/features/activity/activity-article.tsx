import { memo, useId } from "react";
import type { User } from "#api/schema.ts";
import type { FeedRow } from "#data/pending-pins.ts";
import { RelativeTime } from "#features/time/relative-time.tsx";
import { Avatar } from "#features/users/avatar.tsx";
import styles from "./activity-article.module.css";
import { KindIcon } from "./kind-icon.tsx";
import { PinButton } from "./pin-button.tsx";

export interface ActivityArticleProps {
  row: FeedRow;
  author: User | undefined;
  /** From 1. */
  position: number;
  /** -1 while not all are loaded. */
  setSize: number;
}

export const ActivityArticle = memo(function ActivityArticle({
  row,
  author,
  position,
  setSize,
}: ActivityArticleProps) {
  const id = useId();
  return (
    <article
      className={styles.article}
      aria-labelledby={id}
      aria-posinset={position}
      aria-setsize={setSize}
      // The one way in by Tab; Page Up and Page Down go on from here.
      tabIndex={position === 1 ? 0 : -1}
    >
      <KindIcon kind={row.kind} />
      <div className={styles.content}>
        <h3 id={id} className={styles.title}>
          {row.title}
        </h3>
        {row.body && <p className={styles.body}>{row.body}</p>}
        <p className={styles.meta}>
          {author && (
            <>
              <Avatar user={author} />
              <span className={styles.author}>{author.name}</span>
              <span aria-hidden="true">·</span>
            </>
          )}
          <RelativeTime at={row.at} className={styles.time} />
        </p>
      </div>
      <PinButton row={row} />
    </article>
  );
});
