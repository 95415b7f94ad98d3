import type { Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";

/** The answer to a deletion; null for a row that is gone already: the first answer to a retry was lost. */
export async function unlessGone(answer: Promise<Confirmed>): Promise<Confirmed | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
