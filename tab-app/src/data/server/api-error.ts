import { onlineManager } from "@tanstack/react-query";
import type { Problem } from "#contract/rows.ts";

/** The API refused, or its answer does not fit the schema (status 200). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(message: string, status: number, problem?: Problem) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/**
 * No answer: no network, no server, the answer was lost, or it says "not now". The request may have been carried out, and may
 * be sent again, after `retryAfter` milliseconds if the server named a time.
 */
export class UnreachableError extends TypeError {
  override readonly name = "UnreachableError";
  readonly retryAfter: number;

  constructor(message: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, options);
    this.retryAfter = options.retryAfter ?? 0;
  }
}

/** An error as the user reads it. */
export function describeError(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) {
    const detail = error.problem?.detail ?? error.message;
    if (error.status === 404) return { title: "This no longer exists", detail };
    if (error.status === 200) return { title: "The answer does not fit", detail };
    if (error.status === 412 || error.problem?.field === "/expectedVersion")
      return { title: "Somebody else changed this", detail };
    if (error.status >= 500) return { title: "Something went wrong on our side", detail };
    return { title: "The server refused this", detail };
  }
  if (!onlineManager.isOnline())
    return { title: "You are offline", detail: "This will work again once the network is back." };
  if (error instanceof TypeError)
    return {
      title: "The server cannot be reached",
      detail:
        error.cause instanceof ApiError ? error.message : "Is it running? Try again in a moment.",
    };
  return {
    title: "Something went wrong",
    detail: error instanceof Error ? error.message : String(error),
  };
}
