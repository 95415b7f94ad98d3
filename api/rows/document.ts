/** A row as the data file stores it: without `version` and without derived fields. Never mutated. */
export type Row = Readonly<Record<string, unknown>>;

/** A row and the revision of its last change. Each change makes a new object, so entries compare by identity. */
export interface Entry {
  readonly row: Row;
  readonly version: number;
}

/** What stands in the array of a collection and is no row, at `index` of that array. */
export interface LeftOutRow {
  readonly index: number;
  readonly value: unknown;
  /** Why it is not served, for a person. */
  readonly reason: string;
}

export type Part =
  | {
      readonly kind: "collection";
      readonly entries: ReadonlyMap<string, Entry>;
      /** Kept in the file and not served, for want of an id. */
      readonly leftOut: readonly LeftOutRow[];
    }
  | { readonly kind: "singular"; readonly entry: Entry }
  /** Stored but not served: `$schema`, scalars, arrays without ids. */
  | { readonly kind: "other"; readonly value: unknown };

/** The whole of the data file, in file order. A collection maps the id of a row, as text, to its entry. */
export type Document = ReadonlyMap<string, Part>;

const none: ReadonlyMap<string, Entry> = new Map();

/** The entries of a collection; empty when the document has no such collection. */
export function entriesOf(document: Document, resource: string): ReadonlyMap<string, Entry> {
  const part = document.get(resource);
  return part?.kind === "collection" ? part.entries : none;
}

/** Paths that the API itself uses. */
export const reservedNames: ReadonlySet<string> = new Set([
  "api",
  "batch",
  "changes",
  "status",
  "faults",
  "db",
  "presence",
  "overview",
]);

/** Whether a part of the file can be a path of the API. Others are stored but not served. */
export function isServable(name: string): boolean {
  return whyNotServed(name) === null;
}

/** Why a part of the file cannot be a path of the API, as one sentence for a person; `null` when it can. */
export function whyNotServed(name: string): string | null {
  if (reservedNames.has(name)) {
    return `"${name}" of the data file is kept and not served, because /${name} is a path of the API itself: rename it in the file.`;
  }
  if (/^[\w-]+$/.test(name)) return null;
  return `"${name}" of the data file is kept and not served: a path needs a name of A-Z, a-z, 0-9, _ and -.`;
}
