import pluralize from "pluralize";

// Nouns are counted by the package that json-server counts them by: the two must agree on every word.

/** The field by which rows refer to a row of the collection: `people` → `personId`. */
export function referenceTo(collection: string): string {
  return `${pluralize.singular(collection)}Id`;
}

/** The collection that `_expand=<noun>` reads, and the field that names its row: `person` → `people`, `personId`. */
export function expansionOf(noun: string): { collection: string; field: string } {
  return { collection: pluralize(noun), field: `${noun}Id` };
}
