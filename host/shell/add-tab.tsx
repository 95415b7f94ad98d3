import { ChevronDown, Plus, TriangleAlert } from "lucide-react";
import type { Offer, Remote } from "#host/panes/remotes.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu } from "#ui/popup/menu.tsx";
import styles from "./add-tab.module.css";
import bar from "./top-bar.module.css";

export interface AddTabProps {
  offer: Offer;
  onAdd: (remote?: Remote) => void;
  /** No further pane can be opened. */
  isFull: boolean;
}

/** Adds a tab of the first remote, or of one that is chosen. */
export function AddTab({ offer: { remotes, faults }, onAdd, isFull }: AddTabProps) {
  const hasChoice = remotes.length + faults.length > 1;
  return (
    <div className={styles.add}>
      <Button size="sm" icon={<Plus />} onClick={() => onAdd()} disabled={isFull}>
        <span className={bar.label}>Add tab</span>
      </Button>
      {hasChoice && (
        <Menu
          align="start"
          heading="Add a tab of"
          trigger={
            <IconButton
              size="sm"
              label="Choose what to add"
              icon={<ChevronDown />}
              className={styles.choose}
              disabled={isFull}
            />
          }
          items={[
            ...remotes.map((remote) => ({
              label: remote.title,
              icon: <Plus />,
              onSelect: () => onAdd(remote),
            })),
            ...faults.map((fault, at) => ({
              label: `Not offered: ${fault}`,
              icon: <TriangleAlert />,
              separated: at === 0,
              disabled: true,
              onSelect() {},
            })),
          ]}
        />
      )}
    </div>
  );
}
