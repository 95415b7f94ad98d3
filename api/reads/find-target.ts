import { Refusal } from "#api/http/refusal.ts";
import { type Document, isServable, whyNotServed } from "#api/rows/document.ts";
import { referenceTo } from "#api/rows/relations.ts";
import { isField } from "./is-field.ts";

/** What a path reads: a list, a row or a single object. */
export interface Target {
  readonly resource: string;
  readonly id?: string;
  readonly isRow: boolean;
  /** `/accounts/acc-01/activities` reads `/activities?accountId=acc-01`. */
  readonly filter?: readonly [field: string, id: string];
}

/** Throws a 404 `Refusal` for a path that leads nowhere. */
export function findTarget(document: Document, path: readonly string[]): Target {
  const [resource = "", id, nested, ...rest] = path;
  const part = servedPart(document, resource);
  if (id === undefined) return { resource, isRow: part.kind === "singular" };
  if (nested === undefined) return { resource, id, isRow: true };
  servedPart(document, nested);
  const field = referenceTo(resource);
  const isParent = part.kind === "collection" && part.entries.has(id);
  if (rest.length > 0 || !isParent || !isField(document, nested, field)) {
    throw new Refusal(404, `There is no /${path.join("/")}.`);
  }
  return { resource: nested, isRow: false, filter: [field, id] };
}

function servedPart(document: Document, name: string) {
  const part = isServable(name) ? document.get(name) : undefined;
  if (part && part.kind !== "other") return part;
  const reason = document.has(name) && whyNotServed(name);
  if (reason) throw new Refusal(404, reason);
  const names = [...document.keys()].filter(isServable).join(", ");
  throw new Refusal(404, `There is no resource "${name}", only ${names}.`);
}
