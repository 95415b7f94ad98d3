import { useCallback, useLayoutEffect, useRef } from "react";

/** Moves the focus to a neighbour when an article unmounts with the focus in it, or after `releaseFocus`. */
export function useLeavingFocus() {
  const ref = useRef<HTMLElement>(null);
  const isReleased = useRef(false);
  useLayoutEffect(() => {
    const article = ref.current;
    return () => {
      if (article && (isReleased.current || article.contains(document.activeElement)))
        neighbourOf(article)?.focus();
    };
  }, []);
  const releaseFocus = useCallback(() => {
    isReleased.current = true;
  }, []);
  return { ref, releaseFocus };
}

function neighbourOf(article: HTMLElement): HTMLElement | null | undefined {
  const feed = article.closest('[role="feed"]');
  const articles = [...(feed?.querySelectorAll<HTMLElement>("article") ?? [])];
  const at = articles.indexOf(article);
  return (
    articles[at + 1] ?? articles[at - 1] ?? article.closest("section")?.querySelector("textarea")
  );
}
