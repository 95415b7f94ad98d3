import { Select } from "#ui/form/select.tsx";
import { TextArea } from "#ui/form/text-area.tsx";
import { TextField } from "#ui/form/text-field.tsx";
import styles from "./account-fields.module.css";
import { type AccountEdit, useAccountField } from "./use-account-field.tsx";
import { useChoices } from "./use-choices.tsx";

export function AccountFields(props: AccountEdit) {
  const { onText: onName, ...name } = useAccountField("name", props);
  const { onText: onStatus, ...status } = useAccountField("status", props);
  const { onText: onPlan, ...plan } = useAccountField("plan", props);
  const { onText: onOwner, ...owner } = useAccountField("ownerId", props);
  const { onText: onNotes, ...notes } = useAccountField("notes", props);
  const { theirs } = props;
  const statuses = useChoices("status", [theirs.status, status.value]);
  const plans = useChoices("plan", [theirs.plan, plan.value]);
  const owners = useChoices("ownerId", [theirs.ownerId, owner.value]);
  return (
    <div className={styles.fields}>
      <TextField {...name} autoComplete="off" onChange={(event) => onName(event.target.value)} />
      <div className={styles.pair}>
        <Select {...status} options={statuses} onChange={onStatus} />
        <Select {...plan} options={plans} onChange={onPlan} />
      </div>
      <Select {...owner} options={owners} onChange={onOwner} />
      <TextArea {...notes} onChange={(event) => onNotes(event.target.value)} />
    </div>
  );
}
