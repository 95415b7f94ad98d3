import type * as z from "zod";
import {
  type Document,
  derivedFieldsOf,
  type Entry,
  isOwnResource,
  type OwnResource,
  ownResources,
  type Part,
  type Row,
} from "#api/rows/document.ts";
import { findUnsafe } from "#api/rows/unsafe-json.ts";
import { accountDetailsSchema, activitySchema, userSchema } from "#contract/rows.ts";

/** The rows of our own resources as the file holds them. A person's further fields are let through. */
const fileSchemas: Readonly<Record<OwnResource, z.ZodType>> = {
  users: userSchema.omit({ version: true }),
  accounts: accountDetailsSchema.omit({ version: true, pinnedCount: true, activityCount: true }),
  activities: activitySchema.omit({ version: true }),
};

/** Thrown for a data file that cannot be served; the message names the place, in plain words. */
export class BrokenFile extends Error {}

/**
 * Reads the bytes of a data file; every row gets `version`. A byte order mark, CRLF and numeric ids
 * are fine. Stray `version` and derived fields in our own resources are dropped.
 */
export function readDocument(bytes: Uint8Array, version: number): Document {
  const top = parseJson(bytes);
  if (!isPlainObject(top)) {
    throw new BrokenFile(`expected an object of collections at the top, found ${kindOf(top)}`);
  }
  const unsafe = findUnsafe(top, new Set(["__proto__"]));
  if (unsafe)
    throw new BrokenFile(`${unsafe.field.slice(1).replaceAll("/", ".")}: ${unsafe.reason}`);
  for (const resource of ownResources) {
    if (!Array.isArray(top[resource])) {
      const found = Object.hasOwn(top, resource)
        ? `found ${kindOf(top[resource])}`
        : "it is missing";
      throw new BrokenFile(`${resource}: expected an array, ${found}`);
    }
  }
  return new Map(
    Object.entries(top).map(([name, value]) => [name, readPart(name, value, version)]),
  );
}

function readPart(name: string, value: unknown, version: number): Part {
  if (isPlainObject(value)) return { kind: "singular", entry: { row: value, version } };
  if (!Array.isArray(value)) return { kind: "other", value };
  const isCollection =
    isOwnResource(name) ||
    value.length === 0 ||
    value.some((row) => isPlainObject(row) && "id" in row);
  if (!isCollection) return { kind: "other", value };
  const entries = new Map<string, Entry>();
  const places = new Map<string, number>();
  for (const [index, row] of value.entries()) {
    const place = `${name}[${index}]`;
    if (!isPlainObject(row))
      throw new BrokenFile(`${place}: expected an object, found ${kindOf(row)}`);
    if (!Object.hasOwn(row, "id")) throw new BrokenFile(`${place}.id: is missing`);
    const { id } = row;
    if (!isId(id)) {
      throw new BrokenFile(`${place}.id: expected a text of 1 to 200 characters or a whole number`);
    }
    const key = String(id);
    const first = places.get(key);
    if (first !== undefined) {
      throw new BrokenFile(`${place}.id: "${key}" is also the id of ${name}[${first}]`);
    }
    if (isOwnResource(name)) checkRow(fileSchemas[name], row, place);
    places.set(key, index);
    entries.set(key, { row: withoutDerived(name, row), version });
  }
  return { kind: "collection", entries };
}

function checkRow(schema: z.ZodType, row: Row, place: string): void {
  const issue = schema.safeParse(row).error?.issues[0];
  if (!issue) return;
  const path = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  throw new BrokenFile(`${place}${path.join("")}: ${plainWords(issue.message)}`);
}

export function plainWords(message: string): string {
  const words = message.replace(/^Invalid input: /, "");
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function withoutDerived(name: string, row: Row): Row {
  const derived = derivedFieldsOf(name).filter((field) => Object.hasOwn(row, field));
  if (derived.length === 0) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => !derived.includes(key)));
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new BrokenFile("the file is empty");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BrokenFile("the file is not UTF-8 text");
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    const before = position ? text.slice(0, Number(position)).split("\n") : null;
    const place = before
      ? `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: `
      : "";
    throw new BrokenFile(
      `${place}not valid JSON (${message.replace(/ in JSON at position.*/s, "")})`,
    );
  }
}

export function isId(value: unknown): value is string | number {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" && value.length > 0 && value.length <= 200 && value.isWellFormed();
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
