import type { Problem } from "#contract/rows.ts";

/** The API answered, and said no (or said something that does not fit). */
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

/** There was no answer: no network, no server, or it was lost. What was asked may have been done. */
export class UnreachableError extends TypeError {
  override readonly name = "UnreachableError";
}

/** What went wrong in words for the person in front of it. */
export function describeError(error: unknown): { title: string; detail: string } {
  if (error instanceof ApiError) {
    const detail = error.problem?.detail ?? error.message;
    if (error.status === 404) return { title: "This no longer exists", detail };
    if (error.status === 200) return { title: "The answer does not fit", detail };
    if (error.status === 409 || error.status === 412)
      return { title: "Somebody else changed this", detail };
    if (error.status >= 500) return { title: "The server could not do this", detail };
    return { title: "The server refused this", detail };
  }
  if (typeof navigator !== "undefined" && !navigator.onLine)
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
