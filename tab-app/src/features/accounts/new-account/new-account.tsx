import { type FormEvent, useId, useRef, useState } from "react";
import * as z from "zod/mini";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useDraft, useSession } from "#data/hooks/use-work.ts";
import { type AccountField, accountFieldsSchema, rowOfFields } from "#data/outbox/fields.ts";
import { newAccountSubject } from "#data/storage/draft-subject.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { AmountField } from "#shared/fields/amount-field.tsx";
import { labelOf } from "#shared/fields/field-labels.ts";
import { problemOfField } from "#shared/fields/problem-of-field.ts";
import { useChoices } from "#shared/fields/use-choices.tsx";
import { Button } from "#ui/button.tsx";
import { formKeys } from "#ui/form/form-keys.ts";
import { Select } from "#ui/form/select.tsx";
import { TextField } from "#ui/form/text-field.tsx";
import { Dialog } from "#ui/popup/dialog.tsx";
import styles from "./new-account.module.css";

export interface NewAccountProps {
  open: boolean;
  onClose: () => void;
  /** It is shown at once, before the server has it. */
  onCreated: (accountId: string) => void;
}

const names = ["name", "status", "plan", "ownerId", "mrr", "renewalDate"] as const;
type Name = (typeof names)[number];

const draftSchema = z.pick(accountFieldsSchema, {
  name: true,
  status: true,
  plan: true,
  ownerId: true,
  mrr: true,
  renewalDate: true,
});

/** The form for a new account; all that is not asked for here is edited later. What was typed is a draft. */
export function NewAccount({ open, onClose, onCreated }: NewAccountProps) {
  const { drafts } = useData();
  const { who } = useSession();
  const { mutate: send } = useSend();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [isChecked, setChecked] = useState(false);
  const draft = useDraft(newAccountSubject);
  const fields = draftSchema.safeParse(draft?.value).data ?? {
    ...{ name: "", status: "trial", plan: "Starter", mrr: "", renewalDate: "" },
    ownerId: who.kind === "user" ? who.id : "",
  };
  const problemOf = (name: Name) => problemOfField(name, fields[name]);

  function change(name: AccountField, value: string) {
    drafts.put(newAccountSubject, { ...fields, [name]: value });
  }

  function add(event: FormEvent) {
    event.preventDefault();
    const isHalfTyped = form.current?.querySelector("input:invalid") != null;
    if (isHalfTyped || names.some(problemOf)) {
      setChecked(true);
      const first = names.find(problemOf) ?? "renewalDate";
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const id = `acc-${randomDigits()}${randomDigits()}`;
    const { name, status, plan } = fields;
    const given = Object.entries(rowOfFields(fields)).filter(([, value]) => value !== null);
    const row = { ...Object.fromEntries(given), id, status, plan, notes: "", name: name.trim() };
    send({ type: "create account", id, row });
    drafts.remove(newAccountSubject);
    setChecked(false);
    onClose();
    onCreated(id);
  }

  const fieldOf = (name: Name) => ({
    name,
    label: labelOf(name),
    value: fields[name],
    error: isChecked ? problemOf(name) : undefined,
  });
  const choiceOf = (name: "status" | "plan" | "ownerId") => ({
    ...fieldOf(name),
    onChange: (value: string) => change(name, value),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="New account"
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary">
            Create account
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={formId}
        aria-label="New account"
        noValidate
        className={styles.fields}
        onSubmit={add}
        onKeyDown={formKeys()}
      >
        <TextField
          {...fieldOf("name")}
          autoComplete="off"
          onChange={(event) => change("name", event.target.value)}
        />
        <div className={styles.pair}>
          <Select {...choiceOf("status")} options={useChoices("status", [fields.status])} />
          <Select {...choiceOf("plan")} options={useChoices("plan", [fields.plan])} />
        </div>
        <Select {...choiceOf("ownerId")} options={useChoices("ownerId", [fields.ownerId])} />
        <div className={styles.pair}>
          <AmountField {...fieldOf("mrr")} onText={(value) => change("mrr", value)} />
          <TextField
            {...fieldOf("renewalDate")}
            type="date"
            onChange={(event) => change("renewalDate", event.target.value)}
          />
        </div>
      </form>
    </Dialog>
  );
}
