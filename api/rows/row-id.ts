/** The rule that `isId` checks, as error messages state it. */
export const idRule = "expected a string of 1 to 200 characters, or an integer";

export function isId(value: unknown): value is string | number {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" && value.length > 0 && value.length <= 200 && value.isWellFormed();
}
