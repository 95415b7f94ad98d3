/** Some times as they are served, whose order as texts is that of the times. */
export interface Times {
  /** "" where there is none. */
  latest(): string;
  add(time: string): void;
  /** Takes away one of those that are equal. */
  remove(time: string): void;
}

/** Times in an array in ascending order, which is sorted when it is first read. */
export function createTimes() {
  const times: string[] = [];
  let isSorted = false;

  function sorted(): readonly string[] {
    if (!isSorted) times.sort();
    isSorted = true;
    return times;
  }

  return {
    all: sorted,
    latest: () => sorted().at(-1) ?? "",
    add(time: string) {
      if (isSorted) times.splice(countBefore(times, time), 0, time);
      else times.push(time);
    },
    /** Whether there was one. */
    remove(time: string): boolean {
      const at = countBefore(sorted(), time);
      const isThere = times[at] === time;
      if (isThere) times.splice(at, 1);
      return isThere;
    },
  };
}

/** Times that begin as `base`, in ascending order, and leave it as it is. */
export function createTimesOver(base: readonly string[]): Times {
  const added = createTimes();
  const removed = new Map<string, number>();
  /** How many of the base are left, but for those in `removed`. */
  let left = base.length;
  const removedOf = (time: string | undefined) => removed.get(time ?? "") ?? 0;
  return {
    latest() {
      for (let time = base[left - 1]; time !== undefined && removedOf(time) > 0; ) {
        removed.set(time, removedOf(time) - 1);
        left -= 1;
        time = base[left - 1];
      }
      const [ofBase = "", ofAdded] = [base[left - 1], added.latest()];
      return ofAdded > ofBase ? ofAdded : ofBase;
    },
    add: added.add,
    remove(time) {
      if (!added.remove(time)) removed.set(time, removedOf(time) + 1);
    },
  };
}

/** How many of the times, in ascending order, are before this one. */
function countBefore(times: readonly string[], time: string): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as string) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
