import { type ComponentType, Fragment, type KeyboardEvent, useMemo, useRef } from "react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useSession } from "#data/hooks/use-work.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { selectByKey } from "#shared/select/select-by-key.ts";
import { useSelection } from "#shared/select/use-selection.ts";
import { dayKey, formatDay } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { Gap } from "#ui/list/gap.tsx";
import { groupOpenerOf, heightWithHeading, opensGroup } from "#ui/list/groups.ts";
import { useKeys } from "#ui/list/use-keys.ts";
import { useRowWindow } from "#ui/list/use-row-window.ts";
import { ActivityArticle } from "./activity-article.tsx";
import styles from "./activity-feed.module.css";
import type { FeedSelectionBarProps } from "./feed-selection-bar.tsx";
import { isOwnNote } from "./notes/is-own-note.ts";
import { stepThroughFeed } from "./step-through-feed.ts";
import { useFeedPlace } from "./use-feed-place.ts";

export interface FeedRowsProps {
  rows: readonly FeedRow[];
  /** Of the account and its filter: where it was left comes back. */
  id: string;
  /** By Back or Forward. */
  isReturning?: boolean;
  /** The activity that a link leads to. */
  linkedId?: string | null;
  /** There are no older rows. */
  isComplete: boolean;
  isLoading: boolean;
}

export function FeedRows(props: FeedRowsProps) {
  const { rows, id, isReturning = false, linkedId = null, isComplete, isLoading } = props;
  const { who } = useSession();
  const mayWrite = useMayWrite();
  const users = useUsers();
  const now = useNow();
  const feed = useRef<HTMLDivElement>(null);
  const dayAt = (index: number) => dayKey(Date.parse(rows[index]?.at ?? ""));
  const shown = useRowWindow({
    list: feed,
    count: rows.length,
    keyAt: useKeys(rows),
    estimate: 90,
    heightOf: heightWithHeading,
    // Its heading stays in view above the rows of its day.
    keep: (first) => [groupOpenerOf(first, dayAt)],
  });
  const isEnabled = linkedId === null;
  useFeedPlace({ feed, id, rows, rowAt: shown.rowAt, isReturning, isEnabled });
  // Who may not write selects nothing.
  const order = useMemo(() => (mayWrite ? rows.map(({ id }) => id) : []), [rows, mayWrite]);
  const selection = useSelection(order);
  const hasSelected = selection.ids.length > 0;
  const parts = useAppPart<{ FeedSelectionBar: ComponentType<FeedSelectionBarProps> }>(hasSelected);
  const focusAt = (index: number) => {
    const article = shown.rowAt(index);
    article?.focus();
    return article !== undefined;
  };
  return (
    <>
      <div
        ref={feed}
        role="feed"
        aria-label="Activity"
        aria-busy={isLoading}
        className={styles.feed}
        data-partial={shown.isPartial}
        data-selecting={hasSelected}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          const at = indexOf(event.target);
          const isHandled =
            selectByKey(event, at, { selection, ids: order, focusAt }) ||
            stepThroughFeed(event.currentTarget, event, shown.rowAt);
          if (isHandled) event.preventDefault();
        }}
      >
        {shown.rows.map(({ index, gap }) => {
          const row = rows[index];
          if (!row) return null;
          const isFirstOfDay = opensGroup(index, dayAt);
          return (
            <Fragment key={row.id}>
              {gap > 0 && <Gap height={gap} />}
              {isFirstOfDay && (
                <div aria-hidden="true" data-heading className={styles.day}>
                  {formatDay(Date.parse(row.at), now)}
                </div>
              )}
              <ActivityArticle
                row={row}
                isLinked={row.id === linkedId}
                author={users.get(row.authorId ?? "")}
                isOwn={mayWrite && isOwnNote(row, who)}
                position={index + 1}
                setSize={isComplete ? rows.length : -1}
                opensDay={isFirstOfDay}
                measure={shown.measure}
                isSelected={selection.has(row.id)}
                onToggle={selection.toggle}
                onExtend={selection.extend}
              />
            </Fragment>
          );
        })}
      </div>
      {hasSelected && parts && (
        <parts.FeedSelectionBar
          rows={rows.filter(({ id }) => selection.has(id))}
          onDone={() => {
            focusAt(order.indexOf(selection.ids[0] ?? ""));
            selection.clear();
          }}
        />
      )}
    </>
  );
}

function indexOf(target: EventTarget): number {
  const article = target instanceof Element && target.closest<HTMLElement>("article");
  return article ? Number(article.dataset.index) : -1;
}
