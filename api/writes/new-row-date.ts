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

/** The `at` of what is created at `now`, by the server's clock. */
export function newRowDate(now: number, age = 0): string {
  return new Date(now - Math.min(age, maxAge)).toISOString();
}
