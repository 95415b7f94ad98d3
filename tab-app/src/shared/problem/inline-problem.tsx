import { CircleAlert } from "lucide-react";
import { describeError } from "#data/server/api-error.ts";
import { Button } from "#ui/button.tsx";
import styles from "./inline-problem.module.css";

export interface InlineProblemProps {
  error: unknown;
  onRetry: () => void;
  retrying?: boolean;
}

/** One line above content that may be stale and stays usable. */
export function InlineProblem({ error, onRetry, retrying = false }: InlineProblemProps) {
  const { title, detail } = describeError(error);
  return (
    <div role="alert" className={styles.problem}>
      <CircleAlert aria-hidden="true" className={styles.icon} />
      <p className={styles.text}>
        <strong className={styles.title}>{title}</strong> {detail}
      </p>
      <Button size="sm" onClick={onRetry} disabled={retrying}>
        {retrying ? "Trying…" : "Try again"}
      </Button>
    </div>
  );
}
