import { RefreshCw } from "lucide-react";
import { type AccountField, accountFieldNames } from "#data/outbox/fields.ts";
import { useAttribution } from "#shared/attribution/use-attribution.ts";
import { labelsOf } from "#shared/fields/field-labels.ts";
import { Notice } from "#ui/notice.tsx";
import type { RemoteChanges } from "./use-remote-changes.ts";

export interface ChangedSinceProps {
  accountId: string;
  changes: RemoteChanges;
}

/** Announces changes made elsewhere to the record that is being edited, and their authors. */
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
  const attribution = useAttribution("accounts", accountId, version);
  if (!attribution) return null;
  return (
    <p>
      {labelsOf(fields)} changed {attribution.place}
    </p>
  );
}
