import { useState } from "react";
import { type AccountField, type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";

/** Fields of the record that changed during the edit, each with the version of its change. */
export type RemoteChanges = Partial<Record<AccountField, number>>;

/** The changes of the record since the form was opened, or since its draft was begun. */
export function useRemoteChanges(
  begun: AccountFields,
  theirs: AccountFields,
  version: number,
  /** The record shows an edit of this tab that is being sent: that is no remote change. */
  isOwn: boolean,
): RemoteChanges {
  const [seen, setSeen] = useState<{ fields: AccountFields; changes: RemoteChanges }>({
    fields: begun,
    changes: {},
  });
  const changed = accountFieldNames.filter((field) => theirs[field] !== seen.fields[field]);
  if (isOwn || changed.length === 0) return seen.changes;
  const changes = { ...seen.changes };
  for (const field of changed) changes[field] = version;
  setSeen({ fields: theirs, changes });
  return changes;
}
