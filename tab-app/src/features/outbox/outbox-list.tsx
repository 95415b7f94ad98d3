import { useEffect, useRef } from "react";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { OutboxItem } from "./outbox-item.tsx";
import styles from "./outbox-list.module.css";

export interface OutboxListProps {
  entries: readonly OutboxEntry[];
}

export function OutboxList({ entries }: OutboxListProps) {
  const list = useRef<HTMLUListElement>(null);
  // A button that removes its entry is removed too: the list takes the focus.
  useEffect(() => {
    if (document.activeElement === document.body) list.current?.focus();
  });
  return (
    <ul ref={list} tabIndex={-1} className={styles.list}>
      {entries.length === 0 && <li className={styles.none}>Everything has arrived.</li>}
      {entries.map((entry) => (
        <OutboxItem key={entry.write.key} entry={entry} />
      ))}
    </ul>
  );
}
