import { useData } from "#data/hooks/use-data.ts";
import { ConflictError } from "#data/outbox/conflict-error.ts";
import { forgetDraft } from "#data/outbox/forget-draft.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { kindOf, type Write, type WriteOf } from "#data/outbox/writes.ts";
import { useAttribution } from "#shared/attribution/use-attribution.ts";
import { labelsOf } from "#shared/fields/field-labels.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { AlertDialog } from "#ui/popup/alert-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { type EditWrite, isEdit, settledWrite } from "./settled-write.ts";

export interface ResolveConflictProps {
  /** In the state `conflict`. */
  entry: OutboxEntry;
  open: boolean;
  onClose: () => void;
}

/** Asks how to resolve a conflicting edit or delete, and replaces the write by the outcome. */
export function ResolveConflictPart({ entry, open, onClose }: ResolveConflictProps) {
  const { write, error, draft } = entry;
  if (isDelete(write) && error instanceof ConflictError)
    return <ResolveDelete write={write} error={error} open={open} onClose={onClose} />;
  if (!isEdit(write) || !(error instanceof ConflictError)) return null;
  return <ResolveEdit write={write} error={error} draft={draft} open={open} onClose={onClose} />;
}

type SeenDelete = WriteOf<"delete note" | "delete account">;

function isDelete(write: Write): write is SeenDelete {
  return write.type === "delete note" || write.type === "delete account";
}

interface ResolveDeleteProps extends Omit<ResolveConflictProps, "entry"> {
  write: SeenDelete;
  error: ConflictError;
}

/** The row was changed since the user knew it: by the time it is to be deleted it says something else. */
function ResolveDelete({ write, error, open, onClose }: ResolveDeleteProps) {
  const { outbox } = useData();
  const { conflicts, theirs } = error;
  const author =
    useAttribution(kindOf(write).resource, write.id, theirs.version)?.author ?? "somebody else";
  const fields = labelsOf(conflicts.map(({ field }) => field));
  return (
    <AlertDialog
      open={open}
      title="Delete it all the same?"
      description={`${capitalize(author)} changed “${write.type === "delete note" ? write.title : write.name}” since: ${fields}.`}
      goLabel="Delete anyway"
      stayLabel="Keep it"
      onStay={() => {
        onClose();
        outbox.cancel(write.key);
      }}
      onGo={() => {
        onClose();
        const { key, seen: _, ...anyway } = write;
        outbox.retry(key, anyway);
      }}
    />
  );
}

interface ResolveEditProps extends Omit<ResolveConflictProps, "entry"> {
  write: EditWrite;
  error: ConflictError;
  draft: OutboxEntry["draft"];
}

function ResolveEdit({ write, error, draft, open, onClose }: ResolveEditProps) {
  const { outbox, drafts } = useData();
  const { conflicts, theirs } = error;
  const attribution = useAttribution(kindOf(write).resource, write.id, theirs.version);
  return (
    <MergeDialog
      open={open}
      conflicts={conflicts}
      author={attribution?.author ?? "somebody else"}
      onCancel={onClose}
      onSettle={(chosen) => {
        onClose();
        const settled = settledWrite(write, theirs, chosen);
        if (settled) return outbox.retry(write.key, settled);
        forgetDraft(drafts, { write, draft });
        outbox.cancel(write.key);
      }}
    />
  );
}
