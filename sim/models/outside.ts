import type { Row } from "#api/rows/document.ts";
import { changeRow, createRow, removeRow } from "#api/writes/row-writes.ts";
import type { RowWrite } from "#api/writes/run-write.ts";
import { instant } from "./seed.ts";

/** Writes from outside. Times and ids are arguments, so that nothing is random. */
const now = () => Date.parse(instant(100));

export const outside = {
  create: (id: string, accountId: string, at: string, body?: string): RowWrite =>
    createRow(
      "activities",
      {
        fields: {
          id,
          accountId,
          kind: "call",
          title: `Call ${id}`,
          at,
          pinned: false,
          ...(body && { body }),
        },
      },
      {},
    ),
  createAccount: (id: string, fields: Row): RowWrite =>
    createRow(
      "accounts",
      {
        fields: { id, name: `Account ${id}`, plan: "Free", status: "trial", notes: "", ...fields },
      },
      {},
    ),
  createTask: (id: string, accountId: string, dueDate: string | null): RowWrite =>
    createRow("tasks", { fields: { id, accountId, title: `Task ${id}`, dueDate } }, { now }),
  change: (resource: string, id: string, fields: Row): RowWrite =>
    changeRow(resource, id, "patch", { fields }, { now }),
  remove: (resource: string, id: string): RowWrite => removeRow(resource, id, {}),
};
