import type { Generated } from "kysely";
import type { BuiltInResource } from "#api/rows/resources.ts";
import type { Role } from "#contract/who.ts";
import type { Image } from "./tables.ts";

/** The tables as migrations make them. `bigint` is read as a number: see `connect`. */
export interface Schema extends Record<BuiltInResource, TypedTable> {
  workspaces: {
    id: string;
    /** What people call it; null: by its id. */
    name: string | null;
    /** The revision of the last change. */
    head: Generated<number>;
    /** The revision of rows that were imported and not changed since. */
    base: Generated<number>;
    /** Another one after an import: part of the epoch. */
    incarnation: Generated<string>;
  };
  /** Collections and objects beside the built-in ones, in the order in which they are listed. */
  parts: {
    workspace: string;
    name: string;
    kind: "collection" | "singular" | "other";
    /** Of what is no collection. */
    value: unknown;
    position: Generated<number>;
  };
  /** Rows of all collections without a table of their own. */
  rows: {
    workspace: string;
    resource: string;
    id: string;
    row: unknown;
    position: Generated<number>;
  };
  /** The revision of each row's last change. */
  row_versions: { workspace: string; resource: string; id: string; rev: number };
  /** The log: one line for each change of a row, written by triggers. */
  changes: {
    workspace: string;
    rev: number;
    resource: string;
    id: string;
    op: "create" | "update" | "delete";
    /** The row of the table after the change; before it, of one that was deleted. */
    image: Image;
    origin: string | null;
    at: Generated<Date>;
    /** The user who wrote it, where it is known. */
    author: string | null;
    /** The row of `accounts` before an update. */
    former: Image | null;
    /** Who was connected to the database. */
    role: Generated<string>;
  };
  /** Answers to writes with an `Idempotency-Key`. */
  answers: {
    workspace: string;
    key: string;
    fingerprint: string;
    status: number;
    body: unknown;
    changes: unknown;
    rev: number;
    /** Milliseconds since 1970. */
    at: number;
  };
  /** Who may be in. */
  members: {
    workspace: string;
    id: string;
    role: Role;
    email: string | null;
    subject: string | null;
  };
  /** Who is in. Times are milliseconds since 1970. */
  sessions: {
    hash: string;
    workspace: string;
    id: string;
    member_id: string;
    started_at: number;
    used_at: number;
  };
}

interface TypedTable {
  workspace: string;
  id: string;
  position: Generated<number>;
  own: unknown;
  [column: string]: unknown;
}
