import { RefreshCw } from "lucide-react";
import { type AccountField, accountFieldNames } from "#data/outbox/fields.ts";
import { labelsOf } from "#features/conflict/field-labels.ts";
import { useWhoWords } from "#features/conflict/use-who-words.ts";
import { Notice } from "#ui/notice.tsx";
import type { RemoteChanges } from "./use-remote-changes.ts";

export interface ChangedSinceProps {
  accountId: string;
  changes: RemoteChanges;
}

/** Says at once what became of the record while somebody edits it, and by whom. */
export function ChangedSince({ accountId, changes }: ChangedSinceProps) {
  const versions = [...new Set(Object.values(changes))].sort((a, b) => a - b);
  return (
    <div role="status" aria-label="Changes meanwhile">
      {versions.length > 0 && (
        <Notice tone="blue" icon={<RefreshCw />}>
          {versions.map((version) => (
            <ChangeLine
              key={version}
              accountId={accountId}
              version={version}
              fields={accountFieldNames.filter((field) => changes[field] === version)}
            />
          ))}
        </Notice>
      )}
    </div>
  );
}

interface ChangeLineProps {
  accountId: string;
  version: number;
  fields: readonly AccountField[];
}

function ChangeLine({ accountId, version, fields }: ChangeLineProps) {
  const words = useWhoWords("accounts", accountId, version);
  if (!words) return null;
  return (
    <p>
      {labelsOf(fields)} changed {words.where}
    </p>
  );
}
