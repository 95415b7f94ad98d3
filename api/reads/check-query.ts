import { Refusal } from "#api/http/refusal.ts";
import { type Document, isServable } from "#api/rows/document.ts";
import { expansionOf } from "#api/rows/relations.ts";
import { isField } from "./is-field.ts";

const maxLimit = 10_000;
const wholeNumber = /^(0|[1-9]\d{0,8})$/;
/** A regular expression that is a text: json-server searches by one, and some take seconds. */
const literal = /^(?:[^\\^$.*+?()[\]{}|]|\\[\\^$.*+?()[\]{}|])*$/;

function refuse(field: string, detail: string): never {
  throw new Refusal(400, detail, { field });
}

/**
 * Restricts json-server's dialect: what it would misread, or serve slowly, is a 400 `Refusal` that
 * names the parameter.
 */
export function checkListQuery(document: Document, resource: string, query: URLSearchParams): void {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    if (name === "_delay") refuse(name, "_delay is not supported: PATCH /faults sets a latency.");
    if (name.endsWith("_like") && !values.every((value) => literal.test(value))) {
      refuse(name, "Patterns are not supported: only text, its special characters escaped by \\.");
    }
    if (name === "_embed" || name === "_expand") checkRelation(document, resource, name, values);
    else if (name === "_sort") checkSort(document, resource, values, query);
    else if (controls.has(name)) checkControl(name, values);
    else if (name === "q") checkText(name, values);
    else checkFilter(document, resource, name, values);
  }
  if (query.has("_order") && !query.has("_sort")) refuse("_order", "_order needs a _sort.");
  if (query.has("_start") && !query.has("_end") && !query.has("_limit")) {
    refuse("_start", "_start needs an _end or a _limit.");
  }
}

/** Checks the query of a single row, which takes only `_embed` and `_expand`. */
export function checkRowQuery(document: Document, resource: string, query: URLSearchParams): void {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    if (name === "_embed" || name === "_expand") checkRelation(document, resource, name, values);
    else refuse(name, `A single row takes only _embed and _expand, not "${name}".`);
  }
}

const controls = new Set(["_page", "_limit", "_start", "_end", "_order"]);

function once(name: string, values: readonly string[]): string {
  if (values.length > 1) refuse(name, `"${name}" is given more than once.`);
  return values[0] ?? "";
}

function checkControl(name: string, values: readonly string[]): void {
  const value = once(name, values);
  if (name === "_order") {
    if (!/^(asc|desc)(,(asc|desc))*$/i.test(value)) refuse(name, "_order must be asc or desc.");
    return;
  }
  if (!wholeNumber.test(value)) refuse(name, `${name} must be a whole number.`);
  const least = name === "_page" || name === "_limit" ? 1 : 0;
  if (Number(value) < least) refuse(name, `${name} must be at least ${least}.`);
  if (name === "_limit" && Number(value) > maxLimit) {
    refuse(name, `_limit must be at most ${maxLimit}.`);
  }
}

function checkText(name: string, values: readonly string[]): void {
  if (once(name, values).length > 200) refuse(name, `"${name}" is longer than 200 characters.`);
}

function checkSort(
  document: Document,
  resource: string,
  values: readonly string[],
  query: URLSearchParams,
): void {
  const fields = once("_sort", values).split(",");
  for (const field of fields) {
    if (!isField(document, resource, field)) refuse("_sort", noSuchField(resource, field));
  }
  const orders = query.get("_order")?.split(",").length ?? 0;
  if (orders > fields.length)
    refuse("_order", "_order names more directions than _sort has fields.");
}

function checkFilter(
  document: Document,
  resource: string,
  name: string,
  values: readonly string[],
): void {
  const field = name.replace(/_(lte|gte|ne|like)$/, "");
  if (!isField(document, resource, field) && !isField(document, resource, name)) {
    if (name.startsWith("_")) refuse(name, `There is no query parameter "${name}".`);
    refuse(name, noSuchField(resource, field));
  }
  if ((values[0] ?? "").length > 1_000) refuse(name, `"${name}" is longer than 1000 characters.`);
  // json-server reads `id=1&id=2` as "either"; it would read two bounds of one kind as "either" too.
  if (name !== field) once(name, values);
  if (values.length > 200) refuse(name, `"${name}" is given more than 200 times.`);
}

function checkRelation(
  document: Document,
  resource: string,
  name: string,
  values: readonly string[],
): void {
  for (const value of values) {
    const expanded = name === "_expand" ? expansionOf(value) : null;
    const collection = expanded?.collection ?? value;
    if (!isServable(collection) || document.get(collection)?.kind !== "collection") {
      refuse(name, `There is no collection for ${name}=${value}.`);
    }
    // json-server looks for the row "undefined", and fails.
    if (expanded && !isField(document, resource, expanded.field)) {
      refuse(name, noSuchField(resource, expanded.field));
    }
  }
  if (new Set(values).size < values.length) refuse(name, `"${name}" names a relation twice.`);
}

function noSuchField(resource: string, field: string): string {
  return `No row of ${resource} has a field "${field}".`;
}
