import { Pin, PinOff, Trash2 } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { useSession } from "#data/hooks/use-work.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import type { NewWrite } from "#data/outbox/writes.ts";
import { SelectionBar } from "#shared/select/selection-bar.tsx";
import { Button } from "#ui/button.tsx";
import { isOwnNote } from "./notes/is-own-note.ts";
import { deletionOf } from "./notes/use-delete-note.ts";

export interface FeedSelectionBarProps {
  /** In the order of the feed. */
  rows: readonly FeedRow[];
  /** Something was done to them, or they are to be let go. */
  onDone: () => void;
}

/** Does the same to all selected activities, as one request that is taken back as one. */
export function FeedSelectionBar({ rows, onDone }: FeedSelectionBarProps) {
  const { outbox, drafts } = useData();
  const { who } = useSession();
  const own = rows.filter((row) => isOwnNote(row, who));
  const pinned = rows.filter((row) => row.pinned);
  const isNone = (some: readonly FeedRow[]) => some.length === 0;

  function send(writes: readonly NewWrite[]) {
    onDone();
    void outbox.sendAll(writes);
  }
  const pin = (pinned: boolean) =>
    rows
      .filter((row) => row.pinned !== pinned)
      .map(({ id, accountId, title }) => ({ type: "pin" as const, id, accountId, title, pinned }));

  return (
    <SelectionBar label="Selected activities" count={rows.length} onClear={onDone}>
      <Button
        size="sm"
        icon={<Pin aria-hidden="true" />}
        disabled={pinned.length === rows.length}
        onClick={() => send(pin(true))}
      >
        Pin
      </Button>
      <Button
        size="sm"
        icon={<PinOff aria-hidden="true" />}
        disabled={isNone(pinned)}
        onClick={() => send(pin(false))}
      >
        Unpin
      </Button>
      <Button
        size="sm"
        icon={<Trash2 aria-hidden="true" />}
        disabled={isNone(own)}
        title="Only what you logged yourself"
        onClick={() => send(own.map((row) => deletionOf(row, drafts)))}
      >
        {own.length > 0 && own.length < rows.length ? `Delete ${own.length} own` : "Delete"}
      </Button>
    </SelectionBar>
  );
}
