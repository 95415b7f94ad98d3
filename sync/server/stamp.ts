import type { Change } from "../wire/change.ts";
import { formatRevision, type Revision } from "../wire/revision.ts";

/**
 * The header by which a response says which revision it reflects. It has to be the revision of the state that was
 * read: an earlier one costs reads, a later one hides changes.
 */
export function stamp(revision: Revision): { readonly "Tandem-Revision": string } {
  return { "Tandem-Revision": formatRevision(revision) };
}

/** What a write was answered with, as headers beside its body. */
export function stampWrite(written: {
  readonly revision: Revision;
  readonly changes: readonly Change[];
  readonly replayed: boolean;
}): Record<string, string> {
  return {
    ...stamp(written.revision),
    ...(written.changes.length > 0 && { "Tandem-Changes": formatChanges(written.changes) }),
    ...(written.replayed && { "Idempotency-Replayed": "true" }),
  };
}

/** `Tandem-Changes`: the changes of a write without their rows, in ASCII as a header has to be. */
export function formatChanges(changes: readonly Change[]): string {
  return JSON.stringify(changes.map(({ row: _, ...change }) => change)).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
