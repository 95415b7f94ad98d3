import { Undo2 } from "lucide-react";
import type { HistoryEntry } from "#contract/history.ts";
import { labelOf } from "#shared/fields/field-labels.ts";
import { useValueText } from "#shared/fields/use-value-text.ts";
import { formatClock, formatDay } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { Avatar } from "#shared/users/avatar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import styles from "./account-history.module.css";
import { textOf } from "./take-back.ts";

export interface HistoryItemProps {
  entry: HistoryEntry;
  /** Null for what cannot be taken back. */
  onUndo: (() => void) | null;
}

export function HistoryItem({ entry, onUndo }: HistoryItemProps) {
  const { authorId, op, fields } = entry;
  const author = useUsers().get(authorId ?? "");
  const now = useNow();
  const at = Date.parse(entry.at);
  return (
    <li className={styles.entry}>
      <p className={styles.head}>
        {author && <Avatar user={author} />}
        <span className={styles.author}>{author?.name ?? authorId ?? "Somebody"}</span>
        <time dateTime={entry.at} className={styles.time}>
          {formatDay(at, now)}, {formatClock(at)}
        </time>
        {onUndo && (
          <Button size="sm" variant="ghost" icon={<Undo2 aria-hidden="true" />} onClick={onUndo}>
            Undo
          </Button>
        )}
      </p>
      {op === "update" ? (
        <dl className={styles.fields}>
          {Object.entries(fields).map(([name, change]) => (
            <FieldChange key={name} name={name} {...change} />
          ))}
        </dl>
      ) : (
        <p>{op === "create" ? "Created the account" : "Deleted the account"}</p>
      )}
    </li>
  );
}

function FieldChange({ name, before, after }: { name: string; before: unknown; after: unknown }) {
  const show = useValueText();
  const textFor = (value: unknown) =>
    typeof value === "object" && value !== null
      ? JSON.stringify(value)
      : show(name, textOf(value)) || "none";
  return (
    <>
      <dt>{labelOf(name)}</dt>
      <dd dir="auto">
        <del>{textFor(before)}</del> <span aria-hidden="true">→</span> <ins>{textFor(after)}</ins>
      </dd>
    </>
  );
}
