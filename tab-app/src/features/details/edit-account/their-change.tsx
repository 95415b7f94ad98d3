import { GitMerge } from "lucide-react";
import type { AccountField } from "#data/outbox/fields.ts";
import { useAttribution } from "#shared/attribution/use-attribution.ts";
import { labelOf } from "#shared/fields/field-labels.ts";
import { useValueText } from "#shared/fields/use-value-text.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { Button } from "#ui/button.tsx";
import styles from "./their-change.module.css";

export interface TheirChangeProps {
  accountId: string;
  field: AccountField;
  value: string;
  /** Of the row, in which the field got this value. */
  version: number;
  onUse: () => void;
}

/** Below a field that was typed in: the value that it got elsewhere meanwhile. */
export function TheirChange({ accountId, field, value, version, onUse }: TheirChangeProps) {
  const author = useAttribution("accounts", accountId, version)?.author ?? "somebody else";
  const text = useValueText()(field, value);
  return (
    <div className={styles.change}>
      <GitMerge aria-hidden="true" />
      <p className={styles.text}>
        {capitalize(author)} {text ? `changed it to “${text}”` : "emptied it"}
      </p>
      <Button size="sm" aria-label={`Use theirs: ${labelOf(field)}`} onClick={onUse}>
        Use theirs
      </Button>
    </div>
  );
}
