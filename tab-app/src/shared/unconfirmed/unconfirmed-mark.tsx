import { Clock } from "lucide-react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { describeProgress } from "./describe-progress.ts";
import styles from "./unconfirmed-mark.module.css";
import { useOnline } from "./use-online.ts";

/** Marks a value that the server has not confirmed. Shows nothing while an answer may still come at once. */
export function UnconfirmedMark({ state }: { state: NonNullable<Unconfirmed> }) {
  const isOnline = useOnline();
  return (
    <span className={styles.mark} data-state={state}>
      <Clock aria-hidden="true" />
      {describeProgress(state, isOnline)}
    </span>
  );
}
