import { RefreshCw, RotateCw, TriangleAlert } from "lucide-react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { type Failure, failureWords } from "./failure-words.ts";
import styles from "./pane-failure.module.css";

export interface PaneFailureProps {
  title: string;
  app: string;
  paneOrigin: string;
  failure: Failure;
  onRetry: () => void;
}

export function PaneFailure({ title, app, paneOrigin, failure, onRetry }: PaneFailureProps) {
  const words = failureWords(failure, { title, app, origin: paneOrigin });
  return (
    <div className={styles.failure}>
      <EmptyState
        tone={failure.cause === "version" ? "neutral" : "danger"}
        icon={failure.cause === "version" ? <RefreshCw /> : <TriangleAlert />}
        title={words.title}
        description={words.text}
        action={
          <Button
            icon={<RotateCw />}
            aria-label={`${words.action}: ${title}`}
            onClick={failure.oldShell ? () => location.reload() : onRetry}
          >
            {words.action}
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
