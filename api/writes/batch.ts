import { Refusal } from "#api/http/refusal.ts";
import { isPlainObject } from "#api/rows/plain-object.ts";
import { isId } from "#api/rows/row-id.ts";
import { parseRowBody } from "./row-body.ts";
import { changeRow, createRow, removeRow, type WriteOptions } from "./row-writes.ts";
import type { RowWrite } from "./run-write.ts";

/** As many as one message of the change stream carries. */
export const maxBatch = 200;

/** One write of a batch, as the body names it. */
interface BatchItem {
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly resource: string;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The row must have this version (412). */
  readonly version?: number;
}

/**
 * Several writes as one: they are committed together, with revisions that follow each other, and one that is refused
 * leaves the others as they are. The answer has a result for each, in order: `{status, row, changes}`, or
 * `{status, problem}`. Throws a `Refusal` for a body that is no list of writes.
 */
export function batchWrite(
  body: Readonly<Record<string, unknown>>,
  isCollection: (resource: string) => boolean,
  options: WriteOptions,
): RowWrite {
  const writes = parseItems(body).map((item) => writeOf(item, isCollection, options));
  return (transaction) => {
    const results = writes.map((write) => {
      try {
        const { status, body: row, changes } = write(transaction);
        return { status, row, changes };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { status: error.problem.status, problem: error.problem };
      }
    });
    return { status: 200, body: { results }, changes: [] };
  };
}

function writeOf(
  { method, resource, id, body, version }: BatchItem,
  isCollection: (resource: string) => boolean,
  { ifMatch: _, ...common }: WriteOptions,
): RowWrite {
  const options = { ...common, ...(version !== undefined && { ifMatch: `"version-${version}"` }) };
  try {
    if (!isCollection(resource)) throw new Refusal(404, `There is no /${resource}.`);
    if (method === "DELETE") return removeRow(resource, id, options);
    if (method === "PATCH")
      return changeRow(resource, id, "patch", parseRowBody(resource, "patch", body), options);
    return createRow(resource, parseRowBody(resource, "create", { ...body, id }), options);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function parseItems({ writes, ...more }: Readonly<Record<string, unknown>>): BatchItem[] {
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) refuse(`/${unknown}`, `There is no field "${unknown}" in a batch.`);
  if (!Array.isArray(writes) || writes.length === 0 || writes.length > maxBatch)
    refuse("/writes", `writes: expected a list of 1 to ${maxBatch} writes`);
  return (writes as unknown[]).map((item, at) => parseItem(item, `/writes/${at}`));
}

function parseItem(item: unknown, at: string): BatchItem {
  if (!isPlainObject(item)) return refuse(at, "expected an object");
  const { method, resource, id, body = {}, version, ...more } = item;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined)
    refuse(`${at}/${unknown}`, `There is no field "${unknown}" in a write of a batch.`);
  if (method !== "POST" && method !== "PATCH" && method !== "DELETE")
    return refuse(`${at}/method`, "method: expected POST, PATCH or DELETE");
  if (typeof resource !== "string") return refuse(`${at}/resource`, "resource: expected text");
  if (!isId(id)) return refuse(`${at}/id`, "id: expected the id of a row");
  if (!isPlainObject(body)) return refuse(`${at}/body`, "body: expected an object");
  if (version !== undefined && !Number.isSafeInteger(version))
    return refuse(`${at}/version`, "version: expected an integer");
  const expected = version === undefined ? {} : { version: Number(version) };
  return { method, resource, id: String(id), body, ...expected };
}

function refuse(field: string, detail: string): never {
  throw new Refusal(422, detail, { field });
}
