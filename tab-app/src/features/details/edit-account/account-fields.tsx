import { AmountField } from "#shared/fields/amount-field.tsx";
import { useChoices } from "#shared/fields/use-choices.tsx";
import { Select } from "#ui/form/select.tsx";
import { TextArea } from "#ui/form/text-area.tsx";
import { TextField } from "#ui/form/text-field.tsx";
import styles from "./account-fields.module.css";
import { type AccountEdit, useAccountField } from "./use-account-field.tsx";

export function AccountFields(props: AccountEdit) {
  const { onText: onStatus, ...status } = useAccountField("status", props);
  const { onText: onPlan, ...plan } = useAccountField("plan", props);
  const { onText: onOwner, ...owner } = useAccountField("ownerId", props);
  const { onText: onNotes, ...notes } = useAccountField("notes", props);
  const mrr = useAccountField("mrr", props);
  const { theirs } = props;
  const statuses = useChoices("status", [theirs.status, status.value]);
  const plans = useChoices("plan", [theirs.plan, plan.value]);
  const owners = useChoices("ownerId", [theirs.ownerId, owner.value]);
  return (
    <div className={styles.fields}>
      <LineField field="name" {...props} />
      <div className={styles.pair}>
        <Select {...status} options={statuses} onChange={onStatus} />
        <Select {...plan} options={plans} onChange={onPlan} />
      </div>
      <div className={styles.pair}>
        <Select {...owner} options={owners} onChange={onOwner} />
        <AmountField {...mrr} />
      </div>
      <div className={styles.pair}>
        <LineField field="renewalDate" type="date" {...props} />
        <LineField field="since" type="date" {...props} />
      </div>
      <div className={styles.pair}>
        <LineField field="industry" {...props} />
        <LineField field="city" {...props} />
      </div>
      <TextArea {...notes} onChange={(event) => onNotes(event.target.value)} />
    </div>
  );
}

interface LineFieldProps extends AccountEdit {
  field: "name" | "renewalDate" | "since" | "industry" | "city";
  type?: "date";
}

function LineField({ field: name, type, ...props }: LineFieldProps) {
  const { onText, ...field } = useAccountField(name, props);
  return (
    <TextField
      {...field}
      {...(type && { type })}
      autoComplete="off"
      onChange={(event) => onText(event.target.value)}
    />
  );
}
