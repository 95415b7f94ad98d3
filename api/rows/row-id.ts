/** The rule that `isId` checks, as error messages state it. */
export const idRule = "expected a string of 1 to 200 characters, not . or .., or an integer";

export function isId(value: unknown): value is string | number {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "string" &&
        value.length > 0 &&
        value.length <= 200 &&
        value.isWellFormed() &&
        !isDots(value);
}

/** Every client takes these out of a path, encoded or not: no URL can name such a row. */
function isDots(text: string): boolean {
  return text === "." || text === "..";
}
