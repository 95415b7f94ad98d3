import { useState } from "react";
import { type AccountField, type AccountFields, accountFieldNames } from "#data/outbox/fields.ts";

/** Fields of the record that changed while somebody typed, each with the version that did it. */
export type RemoteChanges = Partial<Record<AccountField, number>>;

/** What happened to the record since the form was opened, or since the draft in it was begun. */
export function useRemoteChanges(
  begun: AccountFields,
  theirs: AccountFields,
  version: number,
  /** An edit of one's own is laid over it and on its way: that is no news. */
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
