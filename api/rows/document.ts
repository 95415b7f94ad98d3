/** A row as the data file stores it: without `version` and without derived fields. Never mutated. */
export type Row = Readonly<Record<string, unknown>>;

/** A row and the revision of its last change. Each change makes a new object, so entries compare by identity. */
export interface Entry {
  readonly row: Row;
  readonly version: number;
}

export type Part =
  | { readonly kind: "collection"; readonly entries: ReadonlyMap<string, Entry> }
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
const reservedNames: ReadonlySet<string> = new Set(["api", "changes", "status", "faults", "db"]);

/** Whether a part of the file can be a path of the API. Others are stored but not served. */
export function isServable(name: string): boolean {
  return /^[\w-]+$/.test(name) && !reservedNames.has(name);
}
