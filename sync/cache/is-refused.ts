import type { Query } from "@tanstack/query-core";

/** Whether the server refused the last read for good: no retry will change the answer, and react-query makes none. */
export function isRefused({ options, state }: Query): boolean {
  const { retry } = options;
  return state.status === "error" && typeof retry === "function" && !retry(0, state.error as Error);
}
