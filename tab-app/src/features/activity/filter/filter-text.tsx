import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "./feed-filter-bar.module.css";

/** How long typing pauses before the server is asked, in milliseconds. */
const typingPause = 200;

export interface FilterTextProps {
  text: string;
  onText: (text: string) => void;
}

/** The text that the feed is searched for. What is typed runs ahead of it. */
export function FilterText({ text, onText }: FilterTextProps) {
  const [typed, setTyped] = useState<{ text: string; isSent: boolean } | null>(null);
  const latest = useRef(onText);
  latest.current = onText;

  useEffect(() => {
    if (typed === null || typed.isSent) return;
    const timer = setTimeout(() => {
      setTyped({ ...typed, isSent: true });
      latest.current(typed.text.trim());
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed]);

  // Changed by something else since, such as Back or "Clear".
  const isOver = typed?.isSent && typed.text.trim() !== text;
  const shown = typed === null || isOver ? text : typed.text;
  const type = (next: string) => setTyped({ text: next, isSent: false });
  return (
    <span className={styles.search}>
      <Search aria-hidden="true" />
      <input
        type="search"
        aria-label="Find in activity"
        placeholder="Find in activity"
        autoComplete="off"
        dir="auto"
        maxLength={200}
        value={shown}
        onChange={({ target }) => type(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || shown === "") return;
          event.preventDefault();
          type("");
        }}
      />
    </span>
  );
}
