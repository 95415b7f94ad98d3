import { Pin } from "lucide-react";
import { useSend } from "#data/hooks/use-send.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import styles from "./pin-button.module.css";

export function PinButton({ row }: { row: FeedRow }) {
  const { id, accountId, title, pinned, unconfirmed } = row;
  const { mutate: send } = useSend();
  return (
    <button
      type="button"
      className={styles.pin}
      aria-label={`Pin ${title}`}
      aria-pressed={pinned}
      title={pinned ? "Unpin" : "Pin"}
      data-unconfirmed={unconfirmed ?? undefined}
      onClick={() => send({ type: "pin", id, accountId, title, pinned: !pinned })}
    >
      <Pin aria-hidden="true" />
    </button>
  );
}
