import type { Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";

/** The answer to a creation; null where the row `isRestored` and is there already: somebody else brought it back. */
export async function orIsBack(
  isRestored: boolean | undefined,
  answer: Promise<Confirmed>,
): Promise<Confirmed | null> {
  try {
    return await answer;
  } catch (error) {
    if (isRestored && error instanceof ApiError && error.status === 409) return null;
    throw error;
  }
}
