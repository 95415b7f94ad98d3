interface Row {
  readonly id: string;
}

/**
 * Joins the rows of pages to one list in which each row is once: one that is moved while a page is read may
 * be in two. It remembers the pages that it was last given, so that a change of one row costs the ids of one
 * page, however many are loaded.
 */
export function createPageJoin<R extends Row>(): (
  pages: readonly { readonly rows: readonly R[] }[],
) => readonly R[] {
  let last: readonly (readonly R[])[] = [];
  let list: R[] = [];
  const counts = new Map<string, number>();
  let doubles = 0;

  function count(rows: readonly R[], step: 1 | -1) {
    for (const { id } of rows) {
      const before = counts.get(id) ?? 0;
      const after = before + step;
      if (after === 0) counts.delete(id);
      else counts.set(id, after);
      if (Math.max(before, after) > 1) doubles += step;
    }
  }

  /** Pages of which some were replaced by as many rows: the list is copied as a whole, which is cheap. */
  function replace(next: readonly (readonly R[])[]) {
    list = list.slice();
    let start = 0;
    for (const [at, rows] of next.entries()) {
      if (rows !== last[at]) list.splice(start, rows.length, ...rows);
      start += rows.length;
    }
  }

  return (pages) => {
    const next = pages.map(({ rows }) => rows);
    const [before, after] = [new Set(last), new Set(next)];
    for (const rows of last) if (!after.has(rows)) count(rows, -1);
    for (const rows of next) if (!before.has(rows)) count(rows, 1);
    const isSameShape =
      next.length === last.length && next.every((rows, at) => rows.length === last[at]?.length);
    if (isSameShape) replace(next);
    else list = ([] as R[]).concat(...next);
    last = next;
    return doubles === 0 ? list : [...new Map(list.map((row) => [row.id, row])).values()];
  };
}
