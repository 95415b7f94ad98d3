import { useState } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { LinkedText } from "#shared/text/linked-text.tsx";
import styles from "./article-body.module.css";

/** A long text is clamped, with a button that shows all of it. */
export function ArticleBody({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const linked = useAppPart<{ LinkedText: typeof LinkedText }>();
  const isLong = text.length > 320 || text.split("\n").length > 4;
  return (
    <>
      <p className={styles.body} data-clamped={isLong && !isOpen} dir="auto">
        {linked ? <linked.LinkedText text={text} /> : text}
      </p>
      {isLong && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Show less" : "Show all"}
        </button>
      )}
    </>
  );
}
