import { RefreshCw, RotateCw, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { readMeta } from "#contract/page-meta.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { describeFailure, describeRestarts } from "./describe-failure.ts";
import { describeDiagnostics } from "./diagnostics.ts";
import { type AddressFault, findAddressFault } from "./find-address-fault.ts";
import styles from "./pane-failure.module.css";
import type { Cause, Failure } from "./pane-state.ts";

export interface PaneFailureProps {
  title: string;
  app: string;
  paneOrigin: string;
  failure: Failure;
  onRetry: () => void;
}

export function PaneFailure({ title, app, paneOrigin, failure, onRetry }: PaneFailureProps) {
  const fault = useAddressFault(failure.cause, paneOrigin);
  const message = describeFailure(failure, { title, app, origin: paneOrigin, fault });
  const diagnostics = describeDiagnostics(failure, {
    title,
    app,
    paneOrigin,
    fault,
    shellOrigin: location.origin,
    build: readMeta("tandem-build"),
    browser: navigator.userAgent,
  });
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(diagnostics);
      setCopied(true);
    } catch {
      // Not allowed, or no secure page: the text is there to be selected.
    }
  };
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
      <p className={styles.restarts} role="status" aria-label={`${title} restarts`}>
        {describeRestarts(failure)}
      </p>
      <details className={styles.details}>
        <summary>Details</summary>
        <pre>{diagnostics}</pre>
        <Button
          size="sm"
          variant="ghost"
          aria-label={`${isCopied ? "Copied" : "Copy"} details: ${title}`}
          onClick={copy}
        >
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </details>
    </div>
  );
}

function useAddressFault(cause: Cause, paneOrigin: string): AddressFault | null {
  const [fault, setFault] = useState<AddressFault | null>(null);
  useEffect(() => {
    if (cause !== "unreachable" && cause !== "no-tab") return;
    let isGone = false;
    const expected = readMeta("tandem-shell-origin");
    const hasLoaded = cause === "no-tab";
    const options = { opened: location.origin, expected, paneOrigin, hasLoaded };
    void findAddressFault(options).then((found) => {
      if (!isGone) setFault(found);
    });
    return () => {
      isGone = true;
    };
  }, [cause, paneOrigin]);
  return fault;
}
