import type { Document, Entry, LeftOutRow, Part, Row } from "#api/rows/document.ts";
import { issueMessage } from "#api/rows/issue-message.ts";
import { isPlainObject } from "#api/rows/plain-object.ts";
import {
  type BuiltInResource,
  builtInResources,
  derivedFieldsOf,
  isBuiltIn,
  optionalResources,
  storedSchemas,
} from "#api/rows/resources.ts";
import { idRule, isId } from "#api/rows/row-id.ts";
import { findUnsafe } from "#api/rows/unsafe-json.ts";
import { BrokenFile, parseJsonFile } from "./parse-json-file.ts";

/**
 * Reads the bytes of a data file; every row gets `version`. A byte order mark, CRLF and numeric ids
 * are accepted; rows without an id are left out; `version` and derived fields of built-in resources are dropped. Throws `BrokenFile`.
 */
export function readDocument(bytes: Uint8Array, version: number): Document {
  return toDocument(parseJsonFile(bytes), version);
}

/** What `readDocument` made of a file, out of our own log: it was checked before, and a checksum covers it. */
export function readOwnDocument(text: string): Document {
  const parts = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return withOptional(
    new Map(parts.map(([name, value]) => [name, readPart(name, value, 0, true)])),
  );
}

function toDocument(top: unknown, version: number): Document {
  if (!isPlainObject(top)) {
    throw new BrokenFile(`expected an object of collections at the top, found ${kindOf(top)}`);
  }
  const unsafe = findUnsafe(top, new Set(["__proto__"]));
  if (unsafe) {
    throw new BrokenFile(`${unsafe.field.slice(1).replaceAll("/", ".")}: ${unsafe.reason}`);
  }
  for (const resource of builtInResources) {
    if (Array.isArray(top[resource])) continue;
    if (!Object.hasOwn(top, resource) && optionalResources.includes(resource)) continue;
    const found = Object.hasOwn(top, resource) ? `found ${kindOf(top[resource])}` : "it is missing";
    throw new BrokenFile(`${resource}: expected an array, ${found}`);
  }
  return withOptional(
    new Map(Object.entries(top).map(([name, value]) => [name, readPart(name, value, version)])),
  );
}

/** A document has all built-in collections, so that a write to one that the file lacks is like any other. */
function withOptional(parts: Map<string, Part>): Document {
  for (const name of optionalResources)
    if (!parts.has(name)) parts.set(name, { kind: "collection", entries: new Map(), leftOut: [] });
  return parts;
}

function readPart(name: string, value: unknown, version: number, isOurs = false): Part {
  if (isPlainObject(value)) return { kind: "singular", entry: { row: value, version } };
  if (!Array.isArray(value) || !isCollection(name, value)) return { kind: "other", value };
  const entries = new Map<string, Entry>();
  const leftOut: LeftOutRow[] = [];
  const indexes = new Map<string, number>();
  for (const [index, item] of value.entries()) {
    const reason = whyLeftOut(item);
    if (reason !== null) {
      leftOut.push({ index, value: item, reason });
      continue;
    }
    const row = isOurs ? (item as Row) : readRow(name, item as Row, `${name}[${index}]`);
    const key = String(row.id);
    const first = indexes.get(key);
    if (first !== undefined) {
      throw new BrokenFile(`${name}[${index}].id: "${key}" is also the id of ${name}[${first}]`);
    }
    indexes.set(key, index);
    entries.set(key, { row, version });
  }
  return { kind: "collection", entries, leftOut };
}

function isCollection(name: string, items: readonly unknown[]): boolean {
  if (isBuiltIn(name) || items.length === 0) return true;
  return items.some((item) => isPlainObject(item) && "id" in item);
}

/** Nobody can ask for a row without an id: it stays in the file, and the other rows are served. */
function whyLeftOut(item: unknown): string | null {
  if (!isPlainObject(item)) return `expected an object, found ${kindOf(item)}`;
  if (!Object.hasOwn(item, "id")) return "it has no id";
  return isId(item.id) ? null : `id: ${idRule}`;
}

function readRow(name: string, row: Row, place: string): Row {
  if (isBuiltIn(name)) checkRow(name, row, place);
  return withoutDerived(name, row);
}

function checkRow(resource: BuiltInResource, row: Row, place: string): void {
  const issue = storedSchemas[resource].safeParse(row).error?.issues[0];
  if (!issue) return;
  const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  throw new BrokenFile(`${place}${path.join("")}: ${issueMessage(issue.message)}`);
}

function withoutDerived(name: string, row: Row): Row {
  const derived = derivedFieldsOf(name).filter((field) => Object.hasOwn(row, field));
  if (derived.length === 0) return row;
  const kept = Object.fromEntries(Object.entries(row).filter(([key]) => !derived.includes(key)));
  rewritten.add(kept);
  return kept;
}

const rewritten = new WeakSet<Row>();

/** Whether a row that was read has less than the file: it is to be written anew. */
export const isRewritten = (row: Row): boolean => rewritten.has(row);

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
