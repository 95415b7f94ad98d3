import { type FormEvent, useState } from "react";
import { type Role, roles } from "#contract/who.ts";
import { describeError } from "#data/server/api-error.ts";
import { Button } from "#ui/button.tsx";
import { Select } from "#ui/form/select.tsx";
import { TextField } from "#ui/form/text-field.tsx";
import styles from "./members.module.css";
import { roleNames } from "./role-names.ts";

const options = roles.map((value) => ({ value, label: roleNames[value] }));

export interface AddMemberProps {
  /** Rejects where the server refuses. */
  onAdd: (email: string, role: Role) => Promise<void>;
}

/** Lets somebody in by an address, which counts once the provider has verified it. */
export function AddMember({ onAdd }: AddMemberProps) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [problem, setProblem] = useState<string>();
  const [isSending, setSending] = useState(false);

  async function add(event: FormEvent) {
    event.preventDefault();
    if (!/^\S+@\S+\.\S+$/.test(email.trim())) {
      setProblem("Give an address such as ada@example.com.");
      return;
    }
    setSending(true);
    try {
      await onAdd(email.trim(), role);
      setEmail("");
      setProblem(undefined);
    } catch (error) {
      setProblem(describeError(error).detail);
    }
    setSending(false);
  }

  return (
    <form
      aria-label="Add a member"
      noValidate
      className={styles.add}
      onSubmit={(event) => void add(event)}
    >
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="off"
        placeholder="name@company.com"
        value={email}
        error={problem}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Select
        label="Role"
        value={role}
        options={options}
        onChange={(next) => setRole(roles.find((each) => each === next) ?? "editor")}
      />
      <Button type="submit" variant="primary" disabled={isSending}>
        Add
      </Button>
    </form>
  );
}
