import { GitMerge } from "lucide-react";
import type { AccountField } from "#data/outbox/fields.ts";
import { labelOf } from "#features/conflict/field-labels.ts";
import { useValueWords } from "#features/conflict/use-value-words.ts";
import { useWhoWords } from "#features/conflict/use-who-words.ts";
import { startSentence } from "#features/conflict/who-words.ts";
import { Button } from "#ui/button.tsx";
import styles from "./their-change.module.css";

export interface TheirChangeProps {
  accountId: string;
  field: AccountField;
  value: string;
  /** That gave the field this value. */
  version: number;
  onUse: () => void;
}

/** Beside a field that somebody types in: what it has become meanwhile. */
export function TheirChange({ accountId, field, value, version, onUse }: TheirChangeProps) {
  const who = useWhoWords("accounts", accountId, version)?.who ?? "somebody else";
  const words = useValueWords()(field, value);
  return (
    <div className={styles.change}>
      <GitMerge aria-hidden="true" />
      <p className={styles.text}>
        {startSentence(who)} {words ? `changed it to “${words}”` : "emptied it"}
      </p>
      <Button size="sm" aria-label={`Use theirs: ${labelOf(field)}`} onClick={onUse}>
        Use theirs
      </Button>
    </div>
  );
}
