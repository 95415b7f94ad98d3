import { useRef } from "react";
import { Button } from "#ui/button.tsx";
import { TextField } from "#ui/form/text-field.tsx";
import { DialogPart } from "#ui/parts/dialog-part.tsx";

export interface RenamePaneProps {
  /** "Tab A". */
  title: string;
  label: string;
  onDone: (label: string) => void;
}

/** Asks what a pane is called. An empty name is none. */
export function RenamePane({ title, label, onDone }: RenamePaneProps) {
  const field = useRef<HTMLInputElement>(null);
  const save = () => onDone(field.current?.value ?? label);
  return (
    <DialogPart
      open
      onOpenChange={(open) => !open && onDone(label)}
      title={`Rename ${title}`}
      actions={
        <>
          <Button onClick={() => onDone(label)}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          ref={field}
          label="Name"
          defaultValue={label}
          maxLength={40}
          autoComplete="off"
          note="Shown beside its letter. Empty for none."
        />
      </form>
    </DialogPart>
  );
}
