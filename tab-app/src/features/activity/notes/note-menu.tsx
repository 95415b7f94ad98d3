import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu } from "#ui/popup/menu.tsx";

export interface NoteMenuProps {
  title: string;
  kind: string;
  className?: string | undefined;
  onEdit: () => void;
  onDelete: () => void;
}

/** The actions of a note's author. */
export function NoteMenu({ title, kind, className, onEdit, onDelete }: NoteMenuProps) {
  return (
    <Menu
      trigger={
        <IconButton
          label={`Actions for ${title}`}
          hint="Edit or delete"
          icon={<Ellipsis />}
          className={className}
        />
      }
      items={[
        { label: `Edit ${kind}`, icon: <Pencil />, onSelect: onEdit },
        {
          label: `Delete ${kind}`,
          icon: <Trash2 />,
          tone: "danger",
          separated: true,
          onSelect: onDelete,
        },
      ]}
    />
  );
}
