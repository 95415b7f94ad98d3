import type { Change } from "#sync/change.ts";
import type { Revision } from "#sync/revision.ts";
import type { Answer } from "./api.ts";

/** A write that the server accepted: what every mutation resolves to, and what is published. */
export interface Confirmed<T = unknown> {
  readonly row: T;
  readonly asOf: Revision;
  readonly change: Change;
}

/** The change that an answer to an update tells of. A row's version is the revision of its last change. */
export function confirmed<T extends { id: string; version: number }>(
  resource: string,
  { value, asOf }: Answer<T>,
  parents: Change["parents"],
): Confirmed<T> {
  const change: Change = {
    rev: value.version,
    resource,
    id: value.id,
    op: "update",
    version: value.version,
    parents,
    row: { ...value },
  };
  return { row: value, asOf, change };
}
