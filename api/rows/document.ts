/** A row as `db.json` holds it: without `version`, without derived fields. Never mutated. */
export type Row = Readonly<Record<string, unknown>>;

/** A row and the revision of its last change. A new object per change, so entries compare by identity. */
export interface Entry {
  readonly row: Row;
  readonly version: number;
}

export type Part =
  | { readonly kind: "collection"; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: "singular"; readonly entry: Entry }
  /** Kept in the file and never served: `$schema`, scalars, arrays without ids. */
  | { readonly kind: "other"; readonly value: unknown };

/** The whole of `db.json`, in its order. Maps keep the order of the file and find a row by its id as text. */
export type Document = ReadonlyMap<string, Part>;

const none: ReadonlyMap<string, Entry> = new Map();

export function entriesOf(document: Document, resource: string): ReadonlyMap<string, Entry> {
  const part = document.get(resource);
  return part?.kind === "collection" ? part.entries : none;
}

/** The resources that our own schema describes; every other collection is a person's own. */
export const ownResources = ["users", "accounts", "activities"] as const;
export type OwnResource = (typeof ownResources)[number];

export function isOwnResource(resource: string): resource is OwnResource {
  return (ownResources as readonly string[]).includes(resource);
}

const derivedFields: Readonly<Record<string, readonly string[]>> = {
  users: ["version"],
  accounts: ["version", "pinnedCount", "activityCount"],
  activities: ["version"],
};

/** Fields that the server works out: never in the file, refused in bodies. */
export function derivedFieldsOf(resource: string): readonly string[] {
  return Object.hasOwn(derivedFields, resource) ? (derivedFields[resource] ?? []) : [];
}

/** Names the API has taken for itself. */
export const reservedNames: ReadonlySet<string> = new Set([
  "api",
  "changes",
  "status",
  "faults",
  "db",
]);

/** A name that can be a path of its own; others stay in the file and are not served. */
export function isServable(name: string): boolean {
  return /^[\w-]+$/.test(name) && !reservedNames.has(name);
}
