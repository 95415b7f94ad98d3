import { useEffect, useMemo, useState } from "react";
import type { AccountDetails } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { ConflictError } from "#data/outbox/conflict-error.ts";
import {
  type AccountFields as Fields,
  fieldsOfAccount,
  heldAccountFieldsSchema,
} from "#data/outbox/fields.ts";
import { type Merge, mergeEdit, settleConflicts } from "#data/outbox/merge-edit.ts";
import { editSubject } from "#data/storage/draft-subject.ts";
import { useAttribution } from "#shared/attribution/use-attribution.ts";
import { MergeDialog } from "#shared/conflict/merge-dialog.tsx";
import { formKeys } from "#ui/form/form-keys.ts";
import { AccountFields } from "./account-fields.tsx";
import { ChangedSince } from "./changed-since.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import styles from "./edit-account.module.css";
import { EditFoot } from "./edit-foot.tsx";
import { mergeTyped } from "./merge-typed.ts";
import { refusedField } from "./refused-field.ts";
import { useEditForm } from "./use-edit-form.ts";
import { useRemoteChanges } from "./use-remote-changes.ts";
import { type Edit, useSaveEdit } from "./use-save-edit.ts";

export interface EditAccountProps {
  /** As shown: this tab's unconfirmed edits are laid over it. */
  account: AccountDetails;
  /** Of the row at the server. */
  version: number;
  onClose: () => void;
  onDeleted: () => void;
}

/** Conflicts that the user must resolve before the edit can be sent. */
interface Question {
  readonly merge: Merge<Fields>;
  readonly theirs: Edit["base"];
}

export function EditAccount({ account, version, onClose, onDeleted }: EditAccountProps) {
  const { id, name } = account;
  const { drafts, presence } = useData();
  const theirs = useMemo(() => fieldsOfAccount(account), [account]);
  const { isSaving, save } = useSaveEdit(id, onClose);
  const edit = useEditForm({ accountId: id, theirs, version, isSaving });
  const { form } = edit;
  const changes = useRemoteChanges(edit.begun, theirs, version, isSaving);
  const merge = mergeTyped(edit.typed, theirs);
  const isUnchanged = !isSaving && Object.keys(merge.changes).length === 0;
  const [problem, setProblem] = useState<unknown>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [isAsking, setAsking] = useState(false);

  const conflicts = question?.merge.conflicts ?? [];
  const madeIn = new Set(conflicts.map(({ field }) => changes[field] ?? question?.theirs.version));
  const [onlyVersion = 0] = madeIn.size === 1 ? madeIn : [];
  const attribution = useAttribution("accounts", id, onlyVersion);

  useEffect(() => presence.edit(id), [presence, id]);
  useEffect(() => form.setFocus("name"), [form]);

  function close() {
    if (isUnchanged) drafts.remove(editSubject(id));
    onClose();
  }

  function ask(next: Question) {
    setQuestion(next);
    setAsking(true);
  }

  async function send(sent: Edit) {
    setProblem(null);
    const error = await save(sent);
    const refused = refusedField(error);
    if (refused) {
      form.setError(refused.field, { message: refused.message }, { shouldFocus: true });
    } else if (error instanceof ConflictError) {
      const base = { ...error.theirs, fields: heldAccountFieldsSchema.parse(error.theirs.fields) };
      ask({ merge: mergeEdit(sent.base.fields, sent.changes, base.fields), theirs: base });
    } else setProblem(error);
  }

  const submit = form.handleSubmit(() => {
    if (isSaving || isUnchanged) return;
    const base = { version, fields: theirs };
    if (merge.conflicts.length > 0) ask({ merge, theirs: base });
    else void send({ base, changes: merge.changes });
  });

  function settle(chosen: Partial<Fields>) {
    if (!question) return;
    setAsking(false);
    edit.settle(conflicts, chosen);
    const left = settleConflicts(question.merge, chosen);
    if (Object.keys(left).length > 0) return void send({ base: question.theirs, changes: left });
    drafts.remove(editSubject(id));
    onClose();
  }

  return (
    <>
      <form
        aria-label={`Edit ${name}`}
        noValidate
        className={styles.form}
        onSubmit={submit}
        onKeyDown={formKeys({ onEscape: close })}
      >
        <ChangedSince accountId={id} changes={changes} />
        <AccountFields
          accountId={id}
          edit={edit}
          theirs={theirs}
          changes={changes}
          isSaving={isSaving}
        />
        <EditFoot problem={problem} isSaving={isSaving} isUnchanged={isUnchanged} onClose={close}>
          <DeleteAccount account={account} version={version} onDeleted={onDeleted} />
        </EditFoot>
      </form>
      <MergeDialog
        open={isAsking}
        conflicts={conflicts}
        author={attribution?.author ?? "somebody else"}
        onCancel={() => setAsking(false)}
        onSettle={settle}
      />
    </>
  );
}
