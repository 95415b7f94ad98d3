import * as z from "zod";
import { problemSchema } from "#api/schema.ts";
import type { FetchChanges } from "#sync/catch-up.ts";
import { changeSchema } from "#sync/change.ts";
import { parseRevision, type Revision } from "#sync/revision.ts";
import { ApiError } from "./api-error.ts";

export interface ApiOptions {
  /** This tab, as the `origin` of the changes it makes. */
  tabId: string;
  /** Where the API is, without a slash at its end. */
  baseUrl?: string;
  fetch?: typeof fetch;
}

export interface Answer<T> {
  readonly value: T;
  /** The revision that the answer reflects. */
  readonly asOf: Revision;
  /** Rows in the whole collection that match, where the answer is a page of it (`X-Total-Count`). */
  readonly total: number | null;
}

export interface Api {
  /** Rejects with `ApiError`, or with `fetch`'s own `TypeError` where there is no answer. */
  get<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<Answer<T>>;
  patch<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<Answer<T>>;
  readonly fetchChanges: FetchChanges;
}

const changesSchema = z.object({
  epoch: z.string(),
  head: z.int(),
  changes: z.array(changeSchema),
});

/** The one door to the server. Every answer is parsed here, and has its as-of or is refused. */
export function createApi({
  tabId,
  baseUrl = "/api",
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
}: ApiOptions): Api {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(baseUrl + path, init);
    if (!response.ok) throw await refusal(path, response);
    return response;
  }

  async function read<T>(
    path: string,
    schema: z.ZodType<T>,
    init: RequestInit,
  ): Promise<Answer<T>> {
    const response = await send(path, init);
    const total = response.headers.get("X-Total-Count");
    return {
      value: parse(path, schema, await json(path, response)),
      asOf: revisionOf(path, response),
      total: total === null ? null : Number(total),
    };
  }

  return {
    get: (path, schema, signal) => read(path, schema, signal ? { signal } : {}),
    patch: (path, body, schema) =>
      read(path, schema, {
        method: "PATCH",
        headers: { "Content-Type": "application/json", "Tandem-Origin": tabId },
        body: JSON.stringify(body),
      }),
    async fetchChanges(since) {
      const path = `/changes?since=${since.epoch}.${since.rev}`;
      const response = await fetch(baseUrl + path);
      if (response.status === 410) return { head: revisionOf(path, response), changes: null };
      if (!response.ok) throw await refusal(path, response);
      const { epoch, head, changes } = parse(path, changesSchema, await json(path, response));
      return { head: { epoch, rev: head }, changes };
    },
  };
}

function revisionOf(path: string, response: Response): Revision {
  const revision = parseRevision(response.headers.get("Tandem-Revision"));
  if (!revision) throw new ApiError(`${path}: the answer has no Tandem-Revision`, response.status);
  return revision;
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
