import type { ActivityPages } from "#data/queries/pages.ts";

/** The rows of all loaded pages. */
export function rowsOf(data: ActivityPages) {
  return data.pages.flatMap((page) => page.rows);
}

/**
 * A single row left in the loaded pages, with more on the server: there is no cursor to go on from, so it
 * stays as it was, and is not measured, until the feed is read.
 */
export function isStranded(data: ActivityPages): boolean {
  return rowsOf(data).length === 1 && Boolean(data.pages.at(-1)?.more);
}
