import { Refusal } from "#api/http/refusal.ts";

/** Milliseconds: what a person wrote offline is dated back by this at most, whatever their clock says. */
export const maxAge = 7 * 86_400_000;

/**
 * Reads `Tandem-Age`: for how many milliseconds what is created now has waited since a person wrote it. The
 * difference of two readings of one clock, it is right although that clock is wrong.
 */
export function readAge(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (!/^\d{1,15}$/.test(header)) {
    throw new Refusal(400, "Tandem-Age must be a whole number of milliseconds.", {
      field: "Tandem-Age",
    });
  }
  return Number(header);
}

/** Milliseconds: a clock that runs ahead by less is let pass. */
const maxAhead = 60_000;

/** Refuses an activity of a time that is still to come. What `stored` has already may stay. */
export function refuseFuture(at: unknown, now: number, stored?: unknown): void {
  if (typeof at !== "string" || at === stored || Date.parse(at) <= now + maxAhead) return;
  throw new Refusal(422, "at: expected a time that is not in the future", { field: "/at" });
}

/** The `at` of what is created at `now`, by the server's clock. */
export function newRowDate(now: number, age = 0): string {
  return new Date(now - Math.min(age, maxAge)).toISOString();
}
