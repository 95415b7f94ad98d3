import * as z from "zod";
import { problemSchema } from "#contract/rows.ts";
import type { Revision } from "#sync";
import { revisionOf } from "#sync/http";
import { ApiError, UnreachableError } from "./api-error.ts";

export interface ApiOptions {
  /** This tab, as the `origin` of the changes it makes. */
  tabId: string;
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

export interface Api {
  /** Rejects with `ApiError`, or with `UnreachableError` where there is no answer. */
  get<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<Answer<T>>;
  patch<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<Answer<T>>;
  /** Sent again with the same `key`, it is done once and answered twice. */
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, key: string): Promise<Answer<T>>;
  /** Answers the row as it was. */
  delete<T>(path: string, schema: z.ZodType<T>): Promise<Answer<T>>;
  /** Whether the last answer named a revision; null before there was one. */
  readonly keepsLog: boolean | null;
}

/**
 * The one door to the server. Every answer is parsed here. What a plain json-server does not give is
 * made up for: its rows are of version 0, a delete answers the row, a create may be sent again.
 */
export function createApi({
  tabId,
  baseUrl = "/api",
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
}: ApiOptions): Api {
  let keepsLog: boolean | null = null;

  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(baseUrl + path, init).catch((error: unknown) => {
      throw error instanceof TypeError
        ? new UnreachableError(error.message, { cause: error })
        : error;
    });
    if (response.ok) return response;
    const error = await refusal(path, response);
    // Of what stands before the API: that itself did not answer.
    throw response.status === 502 ? new UnreachableError(error.message, { cause: error }) : error;
  }

  async function read<T>(
    path: string,
    schema: z.ZodType<T>,
    init: RequestInit,
  ): Promise<Answer<T>> {
    const response = await send(path, init);
    const total = response.headers.get("X-Total-Count");
    const asOf = asOfOf(path, response);
    keepsLog = asOf !== null;
    const body = await json(path, response);
    return {
      value: parse(path, schema, asOf ? body : unversioned(body)),
      asOf,
      total: total === null ? null : Number(total),
    };
  }

  function write<T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    { body, key }: { body?: unknown; key?: string },
  ): Promise<Answer<T>> {
    const headers = {
      "Tandem-Origin": tabId,
      ...(body !== undefined && { "Content-Type": "application/json" }),
      ...(key !== undefined && { "Idempotency-Key": key }),
    };
    const content = body === undefined ? null : JSON.stringify(body);
    return read(path, schema, { method, headers, body: content });
  }

  return {
    get: (path, schema, signal) => read(path, schema, signal ? { signal } : {}),
    patch: (path, body, schema) => write("PATCH", path, schema, { body }),
    async post(path, body, schema, key) {
      try {
        return await write("POST", path, schema, { body, key });
      } catch (error) {
        // json-server knows no keys. It fails at an id that is taken, as by the first of two tries.
        const isTaken = !keepsLog && error instanceof ApiError && error.status === 500;
        const { id } = body as { id?: unknown };
        const made = isTaken
          ? await read(`${path}/${encodeURIComponent(String(id))}`, schema, {}).catch(() => null)
          : null;
        if (made && !made.asOf) return made;
        throw error;
      }
    },
    async delete(path, schema) {
      // json-server answers {}.
      const before = keepsLog ? null : await read(path, schema, {});
      if (!before || before.asOf) return write("DELETE", path, schema, {});
      await write("DELETE", path, z.unknown(), {});
      return before;
    },
    get keepsLog() {
      return keepsLog;
    },
  };
}

function asOfOf(path: string, response: Response): Revision | null {
  try {
    return revisionOf(response);
  } catch (error) {
    throw new ApiError(`${path}: ${String(error)}`, response.status);
  }
}

/** The rows of a server that does not count their changes. */
function unversioned(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(unversioned);
  return typeof body === "object" && body !== null ? { ...body, version: 0 } : body;
}

async function json(path: string, response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new ApiError(`${path}: the answer is not JSON`, response.status);
  }
}

function parse<T>(path: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "the whole answer";
  throw new ApiError(`${path}: ${field}: ${issue?.message}`, 200);
}

async function refusal(path: string, response: Response): Promise<ApiError> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  return problem.success
    ? new ApiError(problem.data.detail ?? problem.data.title, response.status, problem.data)
    : new ApiError(`${path}: ${response.status} ${response.statusText}`, response.status);
}
