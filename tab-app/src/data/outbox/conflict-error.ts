import type { FieldConflict, Fields } from "./merge-edit.ts";

/** The same fields were changed to other values meanwhile. Nothing was written. */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
  readonly conflicts: readonly FieldConflict[];
  /** The row as it is now. */
  readonly theirs: { readonly version: number; readonly fields: Fields };

  constructor(conflicts: readonly FieldConflict[], theirs: ConflictError["theirs"]) {
    super("Somebody else changed the same fields");
    this.conflicts = conflicts;
    this.theirs = theirs;
  }
}
