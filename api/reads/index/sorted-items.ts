import type { Compare, Item } from "./item.ts";

/** How many items come before the first for which `isAfter`; they are sorted so that those come last. */
export function countBefore(items: readonly Item[], isAfter: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Puts `after` where `before` was, in an array that is sorted and has no two equal items. */
export function replaceItem(
  items: Item[],
  before: Item | undefined,
  after: Item | undefined,
  compare: Compare,
): void {
  const placeOf = (item: Item) => countBefore(items, (other) => compare(other, item) >= 0);
  if (before && after && compare(before, after) === 0) {
    items[placeOf(before)] = after;
    return;
  }
  if (before) items.splice(placeOf(before), 1);
  if (after) items.splice(placeOf(after), 0, after);
}
