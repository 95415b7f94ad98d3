import { Clock } from "lucide-react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { wordsOfProgress } from "#features/outbox-words/outbox-words.ts";
import { useOnline } from "#features/outbox-words/use-online.ts";
import styles from "./unconfirmed-mark.module.css";

/** The server has not confirmed what is shown here. One that is answered at once shows nothing. */
export function UnconfirmedMark({ state }: { state: NonNullable<Unconfirmed> }) {
  const isOnline = useOnline();
  return (
    <span className={styles.mark} data-state={state}>
      <Clock aria-hidden="true" />
      {wordsOfProgress(state, isOnline)}
    </span>
  );
}
