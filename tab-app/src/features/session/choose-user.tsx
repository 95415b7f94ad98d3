import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/popup/dialog.tsx";
import styles from "./choose-user.module.css";
import { UserList } from "./user-list.tsx";

export interface ChooseUserProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  exceptId: string | null;
  onChoose: (userId: string) => void;
}

/** Used when there are more users than fit into the menu, or none. */
export function ChooseUser({ open, onOpenChange, exceptId, onChoose }: ChooseUserProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Who is working?"
      actions={<Button onClick={() => onOpenChange(false)}>Cancel</Button>}
    >
      <div className={styles.list}>
        <UserList exceptId={exceptId} onChoose={onChoose} />
      </div>
    </Dialog>
  );
}
