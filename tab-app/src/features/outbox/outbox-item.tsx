import { useId, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { forgetDraft } from "#data/outbox/forget-draft.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { describeError } from "#data/server/api-error.ts";
import { ResolveConflict } from "#shared/conflict/resolve-conflict.tsx";
import { RelativeTime } from "#shared/time/relative-time.tsx";
import { useOnline } from "#shared/unconfirmed/use-online.ts";
import { Button } from "#ui/button.tsx";
import { StatusDot } from "#ui/status-dot.tsx";
import type { Tone } from "#ui/tone.ts";
import { describeState, describeWrite } from "./describe-write.ts";
import styles from "./outbox-item.module.css";

const tones: Record<OutboxEntry["state"], Tone> = {
  sending: "accent",
  waiting: "amber",
  failed: "red",
  conflict: "red",
};

export function OutboxItem({ entry }: { entry: OutboxEntry }) {
  const { outbox, drafts } = useData();
  const { write, state, error, submittedAt } = entry;
  const isOnline = useOnline();
  const id = useId();
  const [isResolving, setResolving] = useState(false);
  const cancel = () => outbox.cancel(write.key);
  const discard = () => {
    cancel();
    forgetDraft(drafts, entry);
  };
  return (
    <li className={styles.item}>
      <span className={styles.dot}>
        <StatusDot tone={tones[state]} pulse={state === "sending"} />
      </span>
      <div className={styles.text}>
        <p id={id} className={styles.write}>
          {describeWrite(write)}
        </p>
        <p className={styles.state}>
          {describeState(entry, isOnline)}
          <span aria-hidden="true"> · </span>
          <RelativeTime at={new Date(submittedAt).toISOString()} className={styles.time} />
        </p>
        {state === "failed" && error && (
          <p className={styles.detail}>{describeError(error).detail}</p>
        )}
      </div>
      <div className={styles.actions}>
        {state === "waiting" && (
          <Button size="sm" aria-describedby={id} onClick={cancel}>
            Cancel
          </Button>
        )}
        {state === "failed" && (
          <Button size="sm" aria-describedby={id} onClick={() => outbox.retry(write.key)}>
            Try again
          </Button>
        )}
        {state === "conflict" && (
          <Button size="sm" aria-describedby={id} onClick={() => setResolving(true)}>
            Resolve
          </Button>
        )}
        {(state === "failed" || state === "conflict") && (
          <Button size="sm" variant="ghost" aria-describedby={id} onClick={discard}>
            Discard
          </Button>
        )}
      </div>
      <ResolveConflict entry={entry} open={isResolving} onClose={() => setResolving(false)} />
    </li>
  );
}
