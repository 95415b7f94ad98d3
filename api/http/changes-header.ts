import type { Change } from "#sync/http";

/** `Tandem-Changes`: the changes of a write without their rows, in ASCII as a header has to be. */
export function formatChanges(changes: readonly Change[]): string {
  return JSON.stringify(changes).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
