import { useState } from "react";
import type { Trial } from "#contract/trial.ts";
import { paneTitle } from "#host/shared/pane-title.ts";
import { Button } from "#ui/button.tsx";
import { DialogPart } from "#ui/parts/dialog-part.tsx";
import { RadioGroupPart } from "#ui/parts/radio-group-part.tsx";
import { useToast } from "#ui/popup/use-toast.ts";
import { thingsToTry } from "./try-it.ts";
import styles from "./try-it-dialog.module.css";

export interface TryItDialogProps {
  panes: readonly string[];
  onTry: (pane: string, trial: Trial) => void;
  onClose: () => void;
}

/** Faults of one pane. It closes when one is chosen, and says what to expect: the panes are what is to be watched. */
export function TryItDialog({ panes, onTry, onClose }: TryItDialogProps) {
  const [pane, setPane] = useState(panes[0] ?? "");
  const toast = useToast();
  return (
    <DialogPart
      open
      onOpenChange={(open) => !open && onClose()}
      title="Try it"
      description="Something goes wrong in one tab. Each says what to expect."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <RadioGroupPart
        label="Tab"
        value={pane}
        onChange={setPane}
        options={panes.map((id) => ({ value: id, label: paneTitle(id) }))}
      />
      <ul className={styles.list}>
        {thingsToTry.map(({ trial, label, expect }) => (
          <li key={trial} className={styles.entry}>
            <Button
              size="sm"
              onClick={() => {
                onTry(pane, trial);
                onClose();
                toast({
                  id: "try-it",
                  title: `${label}: ${paneTitle(pane)}`,
                  description: expect(paneTitle(pane)),
                });
              }}
            >
              {label}
            </Button>
            <p>{expect(paneTitle(pane))}</p>
          </li>
        ))}
      </ul>
    </DialogPart>
  );
}
