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

/** An article with its position, which changes when a note is added or deleted; its content then does not render. */
export const ActivityArticle = memo(function ActivityArticle({
  position,
  setSize,
  ...content
}: ActivityArticleProps) {
  const titleId = useId();
  const { ref, releaseFocus } = useLeavingFocus();
  return (
    <article
      ref={ref}
      className={styles.article}
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
