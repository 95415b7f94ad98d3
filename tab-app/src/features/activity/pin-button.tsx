import { Pin } from "lucide-react";
import { useRef } from "react";
import { describeError } from "#data/api-error.ts";
import type { FeedRow } from "#data/pending-pins.ts";
import { usePin } from "#data/use-pin.ts";
import { useToast } from "#ui/use-toast.ts";
import styles from "./pin-button.module.css";

export function PinButton({ row }: { row: FeedRow }) {
  const toast = useToast();
  const wanted = useRef(row.pinned);
  const { setPinned, isPending } = usePin(row.id, {
    onError(error, retry) {
      toast({
        id: `pin ${row.id}`,
        tone: "danger",
        title: `Couldn't ${wanted.current ? "pin" : "unpin"} “${row.title}”`,
        description: describeError(error).title,
        action: { label: "Try again", onClick: retry },
      });
    },
  });
  return (
    <button
      type="button"
      className={styles.pin}
      aria-label={`Pin ${row.title}`}
      aria-pressed={row.pinned}
      title={row.pinned ? "Unpin" : "Pin"}
      data-unconfirmed={row.unconfirmed || isPending || undefined}
      onClick={() => {
        wanted.current = !row.pinned;
        setPinned(!row.pinned);
      }}
    >
      <Pin aria-hidden="true" />
    </button>
  );
}
