/** Which group the row at an index belongs to. The rows of a group stand together. */
export type GroupAt = (index: number) => unknown;

/** Whether the row is the first of its group. */
export function opensGroup(index: number, groupAt: GroupAt): boolean {
  return index === 0 || groupAt(index) !== groupAt(index - 1);
}

/** The index of the first row of the group of a row. */
export function groupOpenerOf(index: number, groupAt: GroupAt): number {
  const group = groupAt(index);
  let [before, within] = [-1, index];
  while (within - before > 1) {
    const middle = (before + within) >> 1;
    if (groupAt(middle) === group) within = middle;
    else before = middle;
  }
  return within;
}

/** Pixels that a row takes with the heading of its group, an element with `data-heading` right before it. */
export function heightWithHeading(row: HTMLElement): number {
  const before = row.previousElementSibling;
  const heading = before?.hasAttribute("data-heading") ? before.getBoundingClientRect().height : 0;
  return row.getBoundingClientRect().height + heading;
}
