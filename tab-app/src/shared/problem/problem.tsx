import { CloudOff, SearchX } from "lucide-react";
import { ApiError, describeError } from "#data/server/api-error.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";

export interface ProblemProps {
  error: unknown;
  onRetry: () => void;
  retrying?: boolean;
}

/** Replaces content that could not be read. */
export function Problem({ error, onRetry, retrying = false }: ProblemProps) {
  const { title, detail } = describeError(error);
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <EmptyState
      tone="danger"
      icon={missing ? <SearchX /> : <CloudOff />}
      title={title}
      description={detail}
      action={
        <Button size="sm" onClick={onRetry} disabled={retrying}>
          {retrying ? "Trying…" : "Try again"}
        </Button>
      }
    />
  );
}
