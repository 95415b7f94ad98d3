import { memo, useCallback, useEffect, useId, useLayoutEffect } from "react";
import styles from "./activity-article.module.css";
import { ArticleContent, type ArticleContentProps } from "./article-content.tsx";
import { useLeavingFocus } from "./use-leaving-focus.ts";

export interface ActivityArticleProps extends Omit<ArticleContentProps, "titleId" | "onDelete"> {
  /** A link leads to it: it is marked, and has the focus at first. */
  isLinked: boolean;
  /** From 1. */
  position: number;
  /** -1 while not all are loaded. */
  setSize: number;
  /** A heading of its day is before it, which counts as a part of its height. */
  opensDay: boolean;
  measure: (article: HTMLElement | null) => void;
}

/** An article with its position, which changes when a note is added or deleted; its content then does not render. */
export const ActivityArticle = memo(function ActivityArticle({
  isLinked,
  position,
  setSize,
  opensDay,
  measure,
  ...content
}: ActivityArticleProps) {
  const titleId = useId();
  const { ref, releaseFocus } = useLeavingFocus();
  const mount = useCallback(
    (article: HTMLElement | null) => {
      ref.current = article;
      measure(article);
    },
    [ref, measure],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading changes the height
  useLayoutEffect(() => measure(ref.current), [ref, measure, opensDay]);
  useEffect(() => {
    if (isLinked) ref.current?.focus();
  }, [ref, isLinked]);
  return (
    <article
      ref={mount}
      aria-current={isLinked || undefined}
      data-index={position - 1}
      className={styles.article}
      data-selected={content.isSelected}
      aria-labelledby={titleId}
      aria-posinset={position}
      aria-setsize={setSize}
      // The only tab stop; Page Up and Page Down move on from here.
      tabIndex={position === 1 ? 0 : -1}
    >
      <ArticleContent {...content} titleId={titleId} onDelete={releaseFocus} />
    </article>
  );
});
