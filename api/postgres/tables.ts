import { sql } from "kysely";
import { Refusal } from "#api/http/refusal.ts";
import type { Row } from "#api/rows/document.ts";
import { type BuiltInResource, isBuiltIn } from "#api/rows/resources.ts";
import { toUtc } from "#api/rows/time.ts";

type Kind = "text" | "date" | "time" | "number" | "boolean";

interface Column {
  readonly field: string;
  readonly name: string;
  readonly kind: Kind;
}

/** A row of a table as `row_to_json` writes it. */
export type Image = Readonly<Record<string, unknown>>;

/**
 * The typed tables: a column for each stored field of `contract/rows.ts`, in the order of our demo data, named in
 * snake_case. A person's own fields are in `own`, as JSON.
 */
export const columns: Readonly<Record<BuiltInResource, readonly Column[]>> = {
  users: toColumns({ id: "text", name: "text", role: "text" }),
  accounts: toColumns({
    id: "text",
    name: "text",
    ownerId: "text",
    plan: "text",
    status: "text",
    industry: "text",
    city: "text",
    since: "date",
    mrr: "number",
    renewalDate: "date",
    notes: "text",
  }),
  activities: toColumns({
    id: "text",
    accountId: "text",
    kind: "text",
    title: "text",
    body: "text",
    at: "time",
    pinned: "boolean",
    authorId: "text",
  }),
  tasks: toColumns({
    id: "text",
    accountId: "text",
    title: "text",
    dueDate: "date",
    assigneeId: "text",
    done: "boolean",
    createdAt: "time",
    doneAt: "time",
    authorId: "text",
  }),
};

/** The table of the rows of a resource, and what names the resource in it. */
export function tableOf(resource: string): {
  readonly name: string;
  readonly place: Readonly<Record<string, string>>;
} {
  return isBuiltIn(resource)
    ? { name: resource, place: {} }
    : { name: "rows", place: { resource } };
}

/** The condition on a row of a table, called `t`: that it is one of a resource, or the one with an id. */
export function isOf(workspace: string, resource: string, id?: string) {
  const { place } = tableOf(resource);
  const key = { workspace, ...place, ...(id !== undefined && { id }) };
  return sql.join(
    Object.entries(key).map(([name, value]) => sql`${sql.ref(`t.${name}`)} = ${value}`),
    sql` and `,
  );
}

/** The values of a stored row for its table. */
export function toValues(resource: string, row: Row): Record<string, unknown> {
  if (!isBuiltIn(resource)) return { row: JSON.stringify(row) };
  const known = columns[resource].map(({ field, name }) => [name, row[field] ?? null]);
  const fields = new Set(columns[resource].map(({ field }) => field));
  const own = Object.entries(row).filter(([field]) => !fields.has(field));
  return {
    ...Object.fromEntries(known),
    own: own.length > 0 ? JSON.stringify(Object.fromEntries(own)) : null,
  };
}

/** The stored row that a table holds. A column without a value is a field that the row does not have. */
export function toRow(resource: string, image: Image): Row {
  if (!isBuiltIn(resource)) return image.row as Row;
  const row: Record<string, unknown> = {};
  for (const { field, name, kind } of columns[resource]) {
    const value = image[name];
    if (value === null || value === undefined) continue;
    row[field] = kind === "time" ? new Date(String(value)).toISOString() : value;
  }
  return { ...row, ...(image.own as Row | null) };
}

/**
 * A row as it will be read again: ids as text, times in UTC, fields in the order of `columns`, none that are null.
 * Throws a 422 `Refusal` for text that PostgreSQL cannot hold.
 */
export function toStoredForm(resource: string, row: Row): Row {
  checkText(row, "");
  if (!isBuiltIn(resource)) return row;
  const stored: Record<string, unknown> = {};
  for (const { field, kind } of columns[resource]) {
    const value = row[field];
    if (value === null || value === undefined) continue;
    stored[field] = inColumn(kind, value);
  }
  const fields = new Set(columns[resource].map(({ field }) => field));
  for (const [field, value] of Object.entries(row)) if (!fields.has(field)) stored[field] = value;
  return stored;
}

function inColumn(kind: Kind, value: unknown): unknown {
  if (kind === "text") return String(value);
  return kind === "time" ? (toUtc(String(value)) ?? value) : value;
}

function checkText(value: unknown, field: string): void {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) {
    throw new Refusal(
      422,
      "The character U+0000 and halves of a surrogate pair cannot be stored.",
      {
        field,
      },
    );
  }
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    checkText(name, field);
    checkText(inner, `${field}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

function toColumns(kinds: Readonly<Record<string, Kind>>): readonly Column[] {
  return Object.entries(kinds).map(([field, kind]) => ({
    field,
    name: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    kind,
  }));
}
