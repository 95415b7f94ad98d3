import * as z from "zod/mini";
import { problemSchema } from "#contract/rows.ts";
import type { Change, Revision } from "#sync";
import { changeSchema } from "#sync/http";
import { ApiError } from "./api-error.ts";
import { createAsk, parseBody } from "./ask.ts";
import { adaptPlainJsonServer } from "./plain-json-server.ts";

export interface ApiOptions {
  /** This tab, as the `origin` of the changes it makes. */
  tabId: string;
  /** Who writes, where the server has no sign-in of its own. */
  userId?: string | null;
  /** Where the API is, without a slash at its end. */
  baseUrl?: string;
  fetch?: typeof fetch;
}

export interface Answer<T> {
  readonly value: T;
  /** The revision that the answer reflects; null from a plain json-server, which keeps no log. */
  readonly asOf: Revision | null;
  /** Rows in the whole collection that match, where the answer is a page of it (`X-Total-Count`). */
  readonly total: number | null;
}

/** A write that the server accepted. */
export interface Confirmed<T = unknown> {
  /** As it is after the write; of a delete, as it was. */
  readonly row: T;
  readonly asOf: Revision | null;
  /** The server's own changes of the row, the last with the row: what is published to all tabs. */
  readonly changes: readonly Change[];
}

/** Each rejects with `ApiError`, or with `UnreachableError` where there is no answer. */
export interface Api {
  get<T>(path: string, schema: z.ZodMiniType<T>, signal?: AbortSignal): Promise<Answer<T>>;
  /** Sent again with the same `key`, a write is done once and answered twice; a plain json-server does it twice. */
  patch<T extends object>(
    path: string,
    body: unknown,
    schema: z.ZodMiniType<T>,
    key?: string,
  ): Promise<Confirmed<T>>;
  /**
   * With an `age`, the milliseconds since a
   * person wrote it, the server dates it; a plain json-server takes the `at` of the body.
   */
  post<T extends object>(
    path: string,
    body: unknown,
    schema: z.ZodMiniType<T>,
    key: string,
    age?: number,
  ): Promise<Confirmed<T>>;
  /** With a `version` it is refused (412, with the current row) where the row has another one. */
  delete<T extends object>(
    path: string,
    schema: z.ZodMiniType<T>,
    key?: string,
    version?: number,
  ): Promise<Confirmed<T>>;
  /**
   * Several writes in one request and one commit, each with a result of its own: its answer, or why it was refused. Sent
   * again with the same `key`, the whole is done once. Rejects with `ApiError` where the server takes no batches.
   */
  batch(
    writes: readonly { readonly line: BatchLine; readonly schema: z.ZodMiniType<object> }[],
    key: string,
  ): Promise<readonly (Confirmed<object> | ApiError)[]>;
  /** Whether the last answer named a revision; null before there was one. */
  readonly keepsLog: boolean | null;
}

/** One write of a batch (`POST /batch`). */
export interface BatchLine {
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly resource: string;
  readonly id: string;
  readonly body?: unknown;
  /** The row must have this version. */
  readonly version?: number;
}

const resultsSchema = z.object({
  results: z.array(
    z.object({
      status: z.int(),
      row: z.optional(z.unknown()),
      problem: z.optional(problemSchema),
      changes: z._default(z.array(changeSchema), []),
    }),
  ),
});

/** The one door to the server. Every answer is parsed here. */
export function createApi({
  tabId,
  userId = null,
  baseUrl = "/api",
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
}: ApiOptions): Api {
  const server = adaptPlainJsonServer(createAsk(baseUrl, fetch), tabId);

  const signature = {
    "Tandem-Origin": tabId,
    ...(userId !== null && { "Tandem-User": encodeURIComponent(userId) }),
  };

  async function write<T extends object>(
    method: string,
    path: string,
    schema: z.ZodMiniType<T>,
    { body, key, age, version }: WriteOptions,
  ): Promise<Confirmed<T>> {
    const headers = {
      ...signature,
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(key !== undefined && { "Idempotency-Key": key }),
      ...(age !== undefined && { "Tandem-Age": String(age) }),
      ...(version !== undefined && { "If-Match": `"version-${version}"` }),
    };
    const content = body === undefined ? null : JSON.stringify(body);
    const reply = await server.ask(path, { method, headers, body: content });
    const row = parseBody(path, schema, reply.body);
    return { row, asOf: reply.asOf, changes: withRow(reply.changes, row) };
  }

  return {
    async get(path, schema, signal) {
      const { body, asOf, total } = await server.ask(path, signal ? { signal } : {});
      return { value: parseBody(path, schema, body), asOf, total };
    },
    patch: (path, body, schema, key) => write("PATCH", path, schema, { body, key }),
    post: (path, body, schema, key, age) => write("POST", path, schema, { body, key, age }),
    delete: (path, schema, key, version) => write("DELETE", path, schema, { key, version }),
    async batch(writes, key) {
      const headers = {
        ...signature,
        "Content-Type": "application/json",
        "Idempotency-Key": key,
      };
      const body = JSON.stringify({ writes: writes.map(({ line }) => line) });
      const reply = await server.ask("/batch", { method: "POST", headers, body });
      const { results } = parseBody("/batch", resultsSchema, reply.body);
      return writes.map(({ line, schema }, at) => {
        const result = results[at];
        const { status = 200, problem } = result ?? {};
        if (!result || problem)
          return new ApiError(problem?.detail ?? problem?.title ?? "no result", status, problem);
        const row = parseBody(`/batch/${line.resource}`, schema, result.row);
        return { row, asOf: reply.asOf, changes: withRow(result.changes, row) };
      });
    },
    get keepsLog() {
      return server.keepsLog;
    },
  };
}

interface WriteOptions {
  readonly body?: unknown;
  readonly key?: string | undefined;
  readonly age?: number | undefined;
  readonly version?: number | undefined;
}

function withRow(changes: readonly Change[], row: object): readonly Change[] {
  const last = changes.at(-1);
  if (!last || last.op === "delete") return changes;
  return [...changes.slice(0, -1), { ...last, row: { ...row } }];
}
