import { memo, useId } from "react";
import styles from "./activity-article.module.css";
import { ArticleContent, type ArticleContentProps } from "./article-content.tsx";
import { useLeavingFocus } from "./use-leaving-focus.ts";

export interface ActivityArticleProps extends Omit<ArticleContentProps, "titleId" | "onDelete"> {
  /** From 1. */
  position: number;
  /** -1 while not all are loaded. */
  setSize: number;
}

/** The place in the feed, which moves when a note comes or goes; the content then stands as it is. */
export const ActivityArticle = memo(function ActivityArticle({
  position,
  setSize,
  ...content
}: ActivityArticleProps) {
  const titleId = useId();
  const { ref, handFocusOn } = useLeavingFocus();
  return (
    <article
      ref={ref}
      className={styles.article}
      aria-labelledby={titleId}
      aria-posinset={position}
      aria-setsize={setSize}
      // The one way in by Tab; Page Up and Page Down go on from here.
      tabIndex={position === 1 ? 0 : -1}
    >
      <ArticleContent {...content} titleId={titleId} onDelete={handFocusOn} />
    </article>
  );
});
