import { useSend } from "#data/hooks/use-send.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";

/** Deletes a task at once. */
export function useDeleteTask(): (task: TaskRow) => void {
  const { mutate: send } = useSend();
  return ({ version, unconfirmed, ...row }) => {
    const { id, accountId, title } = row;
    // One that the server has not dated yet is new when it comes back.
    const isDated = version > 0 || !unconfirmed;
    send({
      ...{ type: "delete task", id, accountId, title },
      row: isDated ? { ...row, version } : row,
    });
  };
}
