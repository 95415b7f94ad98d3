import { Search } from "lucide-react";
import { useRef } from "react";
import { useCommand } from "#shared/commands/use-command.ts";
import { useTypedText } from "#shared/text/use-typed-text.ts";
import styles from "./feed-filter-bar.module.css";

export interface FilterTextProps {
  text: string;
  onText: (text: string) => void;
}

/** The text that the feed is searched for. What is typed runs ahead of it. */
export function FilterText({ text, onText }: FilterTextProps) {
  const { shown, type } = useTypedText(text, onText);
  const input = useRef<HTMLInputElement>(null);
  useCommand("filter feed", () => input.current?.focus());
  return (
    <span className={styles.search}>
      <Search aria-hidden="true" />
      <input
        ref={input}
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
