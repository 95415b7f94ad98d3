import { useEffect, useRef } from "react";
import type { useActivityFeed } from "#data/hooks/use-activity-feed.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { formatLong } from "#shared/time/format-time.ts";
import { Button } from "#ui/button.tsx";
import { useNearEnd } from "#ui/list/use-near-end.ts";
import styles from "./load-more.module.css";

export interface LoadMoreProps {
  query: ReturnType<typeof useActivityFeed>["query"];
  /** When the oldest activity shown happened, RFC 3339. */
  oldest: string | undefined;
}

export function LoadMore({ query, oldest }: LoadMoreProps) {
  const {
    hasNextPage,
    isFetching,
    isFetchingNextPage,
    isFetchNextPageError,
    error,
    fetchNextPage,
  } = query;
  const isRequested = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLParagraphElement>(null);

  // A disabled button loses the focus: afterwards the button regains it, or the note at the end gets it.
  useEffect(() => {
    if (isFetchingNextPage || !isRequested.current) return;
    isRequested.current = false;
    if (document.activeElement === document.body) (button.current ?? end.current)?.focus();
  }, [isFetchingNextPage]);

  const load = () => {
    isRequested.current = true;
    void fetchNextPage();
  };
  const around = useRef<HTMLDivElement>(null);
  useNearEnd({
    end: around,
    isEnabled: hasNextPage && !isFetching && !error,
    onlyByScrolling: true,
    load: () => void fetchNextPage(),
  });

  if (!hasNextPage) {
    return (
      <p ref={end} tabIndex={-1} className={styles.end}>
        That's everything{oldest && ` since ${formatLong(Date.parse(oldest))}`}
      </p>
    );
  }
  return (
    <div ref={around} className={styles.more} data-keep-clear>
      {isFetchNextPageError && (
        <InlineProblem error={error} onRetry={load} retrying={isFetchingNextPage} />
      )}
      <Button ref={button} aria-label="Load more" disabled={isFetchingNextPage} onClick={load}>
        {isFetchingNextPage ? "Loading…" : "Load more"}
      </Button>
    </div>
  );
}
