import { randomBytes } from "node:crypto";
import { etagOf, namesEtag, versionTagOf } from "#api/http/etag.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Entry, Row } from "#api/rows/document.ts";
import { bodySchemas, clearedByNull, isBuiltIn, references } from "#api/rows/resources.ts";
import { isId } from "#api/rows/row-id.ts";
import { newRowDate, refuseFuture } from "./new-row-date.ts";
import type { RowBody } from "./row-body.ts";
import type { Answer, RowWrite } from "./run-write.ts";
import { changedTask, newTask } from "./task-dates.ts";
import type { Transaction } from "./transaction.ts";

/** Conditions and signature of a write, from its headers. */
export interface WriteOptions {
  readonly origin?: string | undefined;
  readonly author?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** Of a new activity: the server dates it, and not the `at` of the body. See `readAge`. */
  readonly age?: number | undefined;
  readonly now?: () => number;
}

/** POST: a new row. Its id is the body's, or one we make in the manner of the collection. */
export function createRow(resource: string, body: RowBody, options: WriteOptions): RowWrite {
  const suffix = randomBytes(6).toString("hex");
  const now = (options.now ?? Date.now)();
  const at = newRowDate(now, options.age);
  const isActivity = resource === "activities";
  return (transaction) => {
    const { id: given, ...fields } = body.fields;
    if (isActivity && options.age === undefined) refuseFuture(fields.at, now);
    const id = isId(given) ? given : makeId(transaction, resource, suffix);
    const key = String(id);
    if (transaction.entry(resource, key)) {
      throw new Refusal(409, `${resource} has a row "${key}" already.`, {
        field: "/id",
        current: { ...transaction.served(resource, key) },
      });
    }
    const defaults = isActivity ? { at, pinned: false } : {};
    const made = {
      id,
      ...withoutCleared(resource, withReferences(transaction, resource, fields), fields),
      ...missing(defaults, fields),
      ...(isActivity && options.age !== undefined && { at }),
    };
    const row = resource === "tasks" ? newTask(made, at) : made;
    const changes = transaction.put({ resource, id: key, row, ...signatureOf(options) });
    return { status: 201, body: transaction.served(resource, key), changes };
  };
}

/** PATCH and PUT. PUT takes away what it does not name, but never fields that our schema does not know. */
export function changeRow(
  resource: string,
  key: string,
  how: "patch" | "put",
  body: RowBody,
  options: WriteOptions,
): RowWrite {
  const now = (options.now ?? Date.now)();
  return (transaction) => {
    const { row } = find(transaction, resource, key, options, body.expectedVersion);
    const { id, ...fields } = body.fields;
    if (id !== undefined && String(id) !== key) {
      throw new Refusal(422, "The id of a row cannot be changed.", { field: "/id" });
    }
    // Here `version` is a person's own only where the row has one; else it is ours, sent back.
    if (Object.hasOwn(fields, "version") && !Object.hasOwn(row, "version")) {
      throw new Refusal(422, '"version" is worked out by the server.', { field: "/version" });
    }
    if (resource === "activities") refuseFuture(fields.at, now, row.at);
    const base = how === "patch" ? row : withoutKnown(resource, row);
    const written = { ...base, ...withReferences(transaction, resource, fields) };
    const changed = withoutCleared(resource, written, fields);
    const next = resource === "tasks" ? changedTask(row, changed, newRowDate(now)) : changed;
    const changes = transaction.put({ resource, id: key, row: next, ...signatureOf(options) });
    return { status: 200, body: transaction.served(resource, key), changes };
  };
}

/** DELETE: answers the row as it was. */
export function removeRow(resource: string, key: string, options: WriteOptions): RowWrite {
  return (transaction): Answer => {
    find(transaction, resource, key, options, undefined);
    const current = transaction.served(resource, key);
    const users = isBuiltIn(resource) ? countReferences(transaction, resource, key) : [];
    const [first] = users;
    if (first) {
      throw new Refusal(
        409,
        `${first.count} ${first.resource} still belong to it: delete them first.`,
        {
          current: { ...current },
        },
      );
    }
    const changes = transaction.put({ resource, id: key, row: null, ...signatureOf(options) });
    return { status: 200, body: current, changes };
  };
}

function find(
  transaction: Transaction,
  resource: string,
  key: string,
  options: WriteOptions,
  expectedVersion: number | undefined,
): Entry {
  const entry = transaction.entry(resource, key);
  if (!entry) throw new Refusal(404, `${resource} has no row "${key}".`);
  const current = { ...transaction.served(resource, key) };
  const tags = [etagOf(current), versionTagOf(entry.version)];
  const { ifMatch } = options;
  if (ifMatch !== undefined && !tags.some((tag) => namesEtag(ifMatch, tag))) {
    throw new Refusal(412, "The row has changed since: it no longer has this ETag.", {
      field: "If-Match",
      current,
    });
  }
  if (expectedVersion !== undefined && expectedVersion !== entry.version) {
    throw new Refusal(409, `The row has changed since: its version is ${entry.version}.`, {
      field: "/expectedVersion",
      current,
    });
  }
  return entry;
}

/** A reference must lead somewhere, and is written as the row it names writes its own id. */
function withReferences(transaction: Transaction, resource: string, fields: Row): Row {
  if (!isBuiltIn(resource)) return fields;
  const resolved: Record<string, unknown> = { ...fields };
  for (const [field, target] of Object.entries(references[resource])) {
    const id = fields[field];
    if (id === undefined || id === null) continue;
    const entry = transaction.entry(target, String(id));
    if (!entry) throw new Refusal(422, `${target} has no row "${id}".`, { field: `/${field}` });
    resolved[field] = entry.row.id;
  }
  return resolved;
}

function countReferences(transaction: Transaction, target: string, key: string) {
  return Object.entries(references).flatMap(([resource, fields]) => {
    const names = Object.keys(fields).filter((field) => fields[field] === target);
    if (names.length === 0) return [];
    const rows = [...transaction.rows(resource)];
    const count = rows.filter((row) => names.some((name) => String(row[name]) === key)).length;
    return count > 0 ? [{ resource, count }] : [];
  });
}

function withoutKnown(resource: string, row: Row): Row {
  if (!isBuiltIn(resource)) return { id: row.id };
  const known = bodySchemas[resource].create.shape;
  const own = Object.entries(row).filter(([field]) => !Object.hasOwn(known, field));
  return { id: row.id, ...Object.fromEntries(own) };
}

/** Without the fields that are `written` as null: json-server sorts null apart from what is missing. */
function withoutCleared(resource: string, row: Row, written: Row): Row {
  if (!isBuiltIn(resource)) return row;
  const isCleared = (name: string) =>
    written[name] === null && clearedByNull[resource].includes(name);
  return Object.fromEntries(Object.entries(row).filter(([name]) => !isCleared(name)));
}

function missing(defaults: Row, fields: Row): Row {
  return Object.fromEntries(
    Object.entries(defaults).filter(([name]) => fields[name] === undefined),
  );
}

const prefixes: Readonly<Record<string, string>> = {
  users: "usr-",
  accounts: "acc-",
  activities: "act-",
  tasks: "tsk-",
};

/** In the manner of the collection: the next number where all ids are numbers, as in an empty custom one. */
function makeId(transaction: Transaction, resource: string, suffix: string): string | number {
  const text = `${prefixes[resource] ?? ""}${suffix}`;
  if (isBuiltIn(resource) && isEmpty(transaction.rows(resource))) return text;
  let last = 0;
  for (const row of transaction.rows(resource)) {
    if (typeof row.id !== "number") return text;
    last = Math.max(last, row.id);
  }
  return isId(last + 1) ? last + 1 : text;
}

function isEmpty(rows: Iterable<Row>): boolean {
  for (const _row of rows) return false;
  return true;
}

function signatureOf({ origin, author }: WriteOptions) {
  return { origin, author };
}
