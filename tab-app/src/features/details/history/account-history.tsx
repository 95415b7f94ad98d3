import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AccountDetails } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { fieldsOfAccount } from "#data/outbox/fields.ts";
import { historyQuery } from "#data/queries/history.ts";
import { Problem } from "#shared/problem/problem.tsx";
import { Button } from "#ui/button.tsx";
import { DialogPart } from "#ui/parts/dialog-part.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./account-history.module.css";
import { HistoryItem } from "./history-item.tsx";
import { takeBack } from "./take-back.ts";

export interface AccountHistoryProps {
  account: AccountDetails;
  /** Of the row at the server. */
  version: number;
  open: boolean;
  onClose: () => void;
}

/** Who changed what of an account, and a way to take it back. */
export function AccountHistory({ account, version, open, onClose }: AccountHistoryProps) {
  const mayWrite = useMayWrite();
  const { mutate: send } = useSend();
  const query = useInfiniteQuery(historyQuery(useData(), open ? account.id : null));
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, refetch } =
    query;
  const entries = useMemo(() => data?.pages.flatMap(({ rows }) => rows), [data]);
  const fields = fieldsOfAccount(account);
  return (
    <DialogPart
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`History of ${account.name}`}
      actions={<Button onClick={onClose}>Close</Button>}
    >
      {!entries &&
        (error ? (
          <Problem error={error} onRetry={refetch} retrying={isFetching} />
        ) : (
          <Skeleton width="100%" height={120} />
        ))}
      {entries?.length === 0 && <p className={styles.none}>Nothing was changed yet.</p>}
      {entries && entries.length > 0 && (
        <ol aria-label="Changes" className={styles.entries}>
          {entries.map((entry) => {
            const changes = mayWrite ? takeBack(entry, fields) : null;
            return (
              <HistoryItem
                key={entry.rev}
                entry={entry}
                onUndo={
                  changes &&
                  (() =>
                    send({
                      type: "edit account",
                      id: account.id,
                      base: { version, fields },
                      changes,
                    }))
                }
              />
            );
          })}
        </ol>
      )}
      {hasNextPage && (
        <Button size="sm" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Earlier changes
        </Button>
      )}
    </DialogPart>
  );
}
