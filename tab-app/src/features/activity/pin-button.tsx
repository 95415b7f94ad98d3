import { Pin } from "lucide-react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useSend } from "#data/hooks/use-send.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./pin-button.module.css";

export function PinButton({ row }: { row: FeedRow }) {
  const { id, accountId, title, pinned, unconfirmed } = row;
  const { mutate: send } = useSend();
  if (!useMayWrite())
    return pinned && <Pin role="img" aria-label="Pinned" className={styles.only} />;
  return (
    <IconButton
      className={styles.pin}
      label={`Pin ${title}`}
      // A native tooltip is cheaper, and each row has one.
      hint={null}
      title={pinned ? "Unpin" : "Pin"}
      icon={<Pin aria-hidden="true" />}
      aria-pressed={pinned}
      data-unconfirmed={unconfirmed ?? undefined}
      onClick={() => send({ type: "pin", id, accountId, title, pinned: !pinned })}
    />
  );
}
