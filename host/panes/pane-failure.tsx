import { RefreshCw, RotateCw, TriangleAlert } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { describeFailure, type Failure } from "./describe-failure.ts";
import styles from "./pane-failure.module.css";

export interface PaneFailureProps {
  title: string;
  app: string;
  paneOrigin: string;
  failure: Failure;
  onRetry: () => void;
}

export function PaneFailure({ title, app, paneOrigin, failure, onRetry }: PaneFailureProps) {
  const message = describeFailure(failure, { title, app, origin: paneOrigin });
  return (
    <div className={styles.failure}>
      <EmptyState
        tone={failure.cause === "version" ? "neutral" : "danger"}
        icon={failure.cause === "version" ? <RefreshCw /> : <TriangleAlert />}
        title={message.title}
        description={message.text}
        action={
          <Button
            icon={<RotateCw />}
            aria-label={`${message.action}: ${title}`}
            onClick={failure.oldShell ? () => location.reload() : onRetry}
          >
            {message.action}
          </Button>
        }
      />
      {failure.detail && (
        <details className={styles.details}>
          <summary>Details</summary>
          <pre>{failure.detail}</pre>
        </details>
      )}
    </div>
  );
}
