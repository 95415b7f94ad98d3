import type { Change, Revision } from "#sync";
import type { Answer } from "./api.ts";

/** A write that the server accepted: what every mutation resolves to, and what is published. */
export interface Confirmed<T = unknown> {
  readonly row: T;
  /** Null from a server that keeps no log. */
  readonly asOf: Revision | null;
  readonly change: Change;
}

/** The change that an answer to a write tells of. A row's version is the revision of its last change. */
export function confirmed<T extends { id: string; version: number }>(
  resource: string,
  { value, asOf }: Answer<T>,
  parents: Change["parents"],
  op: "create" | "update" = "update",
): Confirmed<T> {
  const change: Change = {
    rev: value.version,
    resource,
    id: value.id,
    op,
    version: value.version,
    parents,
    row: { ...value },
  };
  return { row: value, asOf, change };
}

/** The change that an answer to a delete tells of: the answer's as-of is the state right after it. */
export function confirmedDelete<T extends { id: string }>(
  resource: string,
  { value, asOf }: Answer<T>,
  parents: Change["parents"],
): Confirmed<T> {
  const rev = asOf?.rev ?? 0;
  const change: Change = { rev, resource, id: value.id, op: "delete", version: rev, parents };
  return { row: value, asOf, change };
}
