import { useCallback, useLayoutEffect, useRef } from "react";

/** An article that goes while the focus is in it, or on its own menu's word, hands it to its neighbour. */
export function useLeavingFocus() {
  const ref = useRef<HTMLElement>(null);
  const isAsked = useRef(false);
  useLayoutEffect(() => {
    const article = ref.current;
    return () => {
      if (article && (isAsked.current || article.contains(document.activeElement)))
        neighbourOf(article)?.focus();
    };
  }, []);
  const handFocusOn = useCallback(() => {
    isAsked.current = true;
  }, []);
  return { ref, handFocusOn };
}

function neighbourOf(article: HTMLElement): HTMLElement | null | undefined {
  const feed = article.closest('[role="feed"]');
  const articles = [...(feed?.querySelectorAll<HTMLElement>("article") ?? [])];
  const at = articles.indexOf(article);
  return (
    articles[at + 1] ?? articles[at - 1] ?? article.closest("section")?.querySelector("textarea")
  );
}
