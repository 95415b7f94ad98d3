import * as z from "zod/mini";
import { problemSchema } from "#contract/rows.ts";
import type { Change, Revision } from "#sync";
import { changeSchema, revisionOf, withTimeLimit } from "#sync/http";
import { ApiError, UnreachableError } from "./api-error.ts";

/** Milliseconds until a request counts as unanswered. A write may then be sent again: each may arrive twice. */
const answerWithin = 15_000;

/** Too many requests; or a gateway answered, or the API for its database: the same request may be sent again. */
const notNow: ReadonlySet<number> = new Set([429, 502, 504]);
/** A longer wait is not believed. */
const maxRetryAfter = 60_000;

/** An answer of the server: what its headers say, and a body that no schema has seen yet. */
export interface Reply {
  readonly body: unknown;
  /** The revision that the answer reflects; null from a server that keeps no log. */
  readonly asOf: Revision | null;
  /** Rows in the whole collection that match, where the answer is a page of it (`X-Total-Count`). */
  readonly total: number | null;
  /** What an accepted write changed (`Tandem-Changes`), without its row. */
  readonly changes: readonly Change[];
}

/** One request. Rejects with `ApiError`, or with `UnreachableError` where there is no answer. */
export type Ask = (path: string, init?: RequestInit) => Promise<Reply>;

export function createAsk(baseUrl: string, send: typeof fetch): Ask {
  async function exchange(path: string, init: RequestInit): Promise<Reply> {
    const response = await send(baseUrl + path, init);
    if (!response.ok) {
      const error = await readRefusal(response);
      if (!notNow.has(response.status)) throw error;
      throw new UnreachableError(error.message, {
        cause: error,
        retryAfter: readRetryAfter(response),
      });
    }
    const total = response.headers.get("X-Total-Count");
    return {
      body: await readJson(path, response),
      asOf: readRevision(path, response),
      total: total === null ? null : Number(total),
      changes: readChanges(response),
    };
  }

  return async (path, init) => {
    try {
      return await withTimeLimit(
        answerWithin,
        (signal) => exchange(path, { ...init, signal }),
        init?.signal,
      );
    } catch (error) {
      throw isUnanswered(error) ? new UnreachableError(error.message, { cause: error }) : error;
    }
  };
}

/** The connection failed or broke off, or the time was up. */
function isUnanswered(error: unknown): error is Error {
  if (error instanceof UnreachableError) return false;
  return error instanceof TypeError || (error as Error).name === "TimeoutError";
}

/** Milliseconds; 0 where none are named. */
function readRetryAfter({ headers }: Response): number {
  const seconds = Number(headers.get("Retry-After"));
  return seconds > 0 ? Math.min(seconds * 1_000, maxRetryAfter) : 0;
}

function readRevision(path: string, response: Response): Revision | null {
  try {
    return revisionOf(response);
  } catch (error) {
    throw new ApiError(`${nameOf(path)}: ${String(error)}`, response.status);
  }
}

const changesSchema = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string): unknown => JSON.parse(text)),
  ),
  z.array(changeSchema),
);

/** The write is accepted in any case: changes that do not fit arrive by the change stream. */
function readChanges(response: Response): readonly Change[] {
  try {
    return changesSchema.parse(response.headers.get("Tandem-Changes"));
  } catch {
    return [];
  }
}

async function readJson(path: string, response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(`${nameOf(path)}: the answer is not JSON`, response.status);
  }
}

async function readRefusal(response: Response): Promise<ApiError> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  return problem.success
    ? new ApiError(problem.data.detail ?? problem.data.title, response.status, problem.data)
    : new ApiError(`The server answered ${response.status} and no reason.`, response.status);
}

/** What was asked for, without its parameters: people read it. */
function nameOf(path: string): string {
  return path.split("?", 1)[0] ?? path;
}

/** `zod/mini` has no texts of its own, and people read this one. All of zod's would be 1.3 KB of the first load. */
function describeIssue({ code, expected, input }: z.core.$ZodRawIssue): string {
  if (code !== "invalid_type") return "Invalid input";
  const received = input === null ? "null" : Array.isArray(input) ? "array" : typeof input;
  return `Invalid input: expected ${expected}, received ${received}`;
}

/** The body as the schema has it. Rejects by an `ApiError` of status 200, which names the field. */
export function parseBody<T>(path: string, schema: z.ZodMiniType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { error: describeIssue });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "the whole answer";
  throw new ApiError(`${nameOf(path)}: ${field}: ${issue?.message}`, 200);
}
