import type { Request, Response } from "express";
import type { Engine } from "#api/engine/engine.ts";
import type { Faults } from "#api/http/faults.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { senderOf } from "#api/http/who.ts";
import {
  type Document,
  entriesOf,
  isServable,
  type Part,
  whyNotServed,
} from "#api/rows/document.ts";
import { referenceTo } from "#api/rows/relations.ts";
import { batchWrite } from "#api/writes/batch.ts";
import { readAge } from "#api/writes/new-row-date.ts";
import { parseRowBody } from "#api/writes/row-body.ts";
import { changeRow, createRow, removeRow, type WriteOptions } from "#api/writes/row-writes.ts";
import type { RowWrite, WriteResult } from "#api/writes/run-write.ts";
import { fingerprintOf, formatChanges } from "#sync/server";

/** POST, PUT, PATCH and DELETE of rows: from HTTP to the commit loop and back. */
export async function handleWrite(
  req: Request,
  res: Response,
  path: readonly string[],
  { engine: { store, submit }, faults }: { engine: Engine; faults: Faults },
): Promise<void> {
  checkMethod(store.state().document, req.method, path);
  const { resource, id, reference } = findRows(store.state().document, path);
  const options = readOptions(req);
  const key = readKey(req);
  const given = req.method === "DELETE" ? {} : await readBody(req);
  const body = { ...given, ...reference };
  const write = makeWrite(req.method, resource, id, body, options);
  await faults.inject("write");
  const target = id === undefined ? resource : `${req.method} ${resource}/${id}`;
  const fingerprint = fingerprintOf(target, body);
  const result = await submit(write, key === undefined ? undefined : { key, fingerprint });
  answerWrite(req, res, path, result, { store, faults });
}

/** POST of several writes at once: an answer for each, in one. */
export async function handleBatch(
  req: Request,
  res: Response,
  { engine: { store, submit }, faults }: { engine: Engine; faults: Faults },
): Promise<void> {
  const options = readOptions(req);
  const key = readKey(req);
  const body = await readBody(req);
  const isCollection = (resource: string) =>
    isServable(resource) && store.state().document.get(resource)?.kind === "collection";
  const write = batchWrite(body, isCollection, options);
  await faults.inject("write");
  const fingerprint = fingerprintOf("batch", body);
  const result = await submit(write, key === undefined ? undefined : { key, fingerprint });
  answerWrite(req, res, [], result, { store, faults });
}

function answerWrite(
  req: Request,
  res: Response,
  path: readonly string[],
  result: WriteResult,
  { store, faults }: { store: Engine["store"]; faults: Faults },
): void {
  const [resource = "", , nested] = path;
  if (result.status < 400 && faults.losesAnswer()) {
    req.socket.destroy();
    return;
  }
  const { status, body: row, changes, rev, replayed } = result;
  send(res, {
    status,
    body: row,
    revision: { epoch: store.state().epoch, rev },
    headers: {
      ...result.headers,
      ...(changes.length > 0 && { "Tandem-Changes": formatChanges(changes) }),
      ...(status === 201 && {
        Location: `${mountOf(req, path)}/${nested ?? resource}/${encodeURIComponent(idOf(row))}`,
      }),
      ...(replayed && { "Idempotency-Replayed": "true" }),
    },
  });
}

/** What a path writes. `/posts/1/comments` writes `comments` that refer to the post, as it writes its own id. */
function findRows(document: Document, path: readonly string[]) {
  const [resource = "", id, nested] = path;
  if (nested === undefined) return { resource, id, reference: {} };
  const parent = entriesOf(document, resource).get(id ?? "");
  if (!parent) throw new Refusal(404, `${resource} has no row "${id}".`);
  return { resource: nested, id: undefined, reference: { [referenceTo(resource)]: parent.row.id } };
}

/** What the client wrote before the path: `/api`, or nothing. */
function mountOf(req: Request, path: readonly string[]): string {
  const segments = req.originalUrl
    .replace(/[?#].*/, "")
    .split("/")
    .filter((segment) => segment !== "");
  return segments
    .slice(0, segments.length - path.length)
    .map((segment) => `/${segment}`)
    .join("");
}

function makeWrite(
  method: string,
  resource: string,
  id: string | undefined,
  body: Readonly<Record<string, unknown>>,
  options: WriteOptions,
): RowWrite {
  if (id === undefined) return createRow(resource, parseRowBody(resource, "create", body), options);
  if (method === "DELETE") return removeRow(resource, id, options);
  const how = method === "PUT" ? "put" : "patch";
  const kind = method === "PUT" ? "create" : "patch";
  return changeRow(resource, id, how, parseRowBody(resource, kind, body), options);
}

/** Which methods a path takes; `null` when there is no such path. */
export function methodsOf(document: Document, path: readonly string[]): string[] | null {
  const [resource = "", , nested] = path;
  const part: Part | undefined = isServable(resource) ? document.get(resource) : undefined;
  if (!part || part.kind === "other" || path.length > 3) return null;
  const reads = ["GET", "HEAD", "OPTIONS"];
  if (part.kind === "singular") return path.length === 1 ? reads : null;
  if (nested !== undefined) {
    const isList = isServable(nested) && document.get(nested)?.kind === "collection";
    return isList ? [...reads, "POST"] : reads;
  }
  return path.length === 1 ? [...reads, "POST"] : [...reads, "PUT", "PATCH", "DELETE"];
}

function checkMethod(document: Document, method: string, path: readonly string[]): void {
  const allowed = methodsOf(document, path);
  if (!allowed) {
    const [name = ""] = path;
    const reason = document.has(name) && whyNotServed(name);
    throw new Refusal(404, reason || `There is no /${path.join("/")}.`);
  }
  if (!allowed.includes(method)) throw notAllowed(method, allowed);
}

export function notAllowed(
  method: string,
  allowed: readonly string[],
  hidden: string | null = null,
): Refusal {
  const names = allowed.join(", ");
  const detail = [`${method} is not offered here, only ${names}.`, hidden ?? []].flat().join(" ");
  return new Refusal(405, detail, {
    headers: { Allow: names },
  });
}

function readOptions(req: Request): WriteOptions {
  const origin = req.get("Tandem-Origin");
  if (origin !== undefined && !/^[\w-]{1,64}$/.test(origin)) {
    throw new Refusal(400, "Tandem-Origin must be 1 to 64 of A-Z, a-z, 0-9, _ and -.", {
      field: "Tandem-Origin",
    });
  }
  return {
    origin,
    author: readAuthor(req),
    ifMatch: req.get("If-Match"),
    age: readAge(req.get("Tandem-Age")),
  };
}

/** Who is signed in, or, where nobody can be, who the client says it is: an id as `encodeURIComponent` writes it. */
function readAuthor(req: Request): string | undefined {
  const sender = senderOf(req);
  const claimed = req.get("Tandem-User");
  if (sender || claimed === undefined) return sender?.userId;
  try {
    const id = decodeURIComponent(claimed);
    if (id.length > 0 && id.length <= 200) return id;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, "Tandem-User must be the id of a user, percent-encoded.", {
    field: "Tandem-User",
  });
}

function readKey(req: Request): string | undefined {
  const key = req.get("Idempotency-Key");
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal(400, "Idempotency-Key must be 1 to 200 visible ASCII characters.", {
      field: "Idempotency-Key",
    });
  }
  return key;
}

function idOf(row: unknown): string {
  return typeof row === "object" && row !== null && "id" in row ? String(row.id) : "";
}
