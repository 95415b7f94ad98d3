/** Versions of the pane contract that one side speaks, both ends included. */
export interface ContractRange {
  readonly oldest: number;
  readonly newest: number;
}

/** As a line of the manifest has it. */
export function rangeOf([oldest, newest]: readonly [number, number]): ContractRange {
  return { oldest, newest };
}

/** The newest version that all of them speak; null where there is none. */
export function newestCommon(...ranges: readonly ContractRange[]): number | null {
  const newest = Math.min(...ranges.map((range) => range.newest));
  return ranges.every(({ oldest }) => oldest <= newest) ? newest : null;
}

/** As a sentence has it: `1`, `1 to 2`. */
export function rangeWords({ oldest, newest }: ContractRange): string {
  return oldest === newest ? String(oldest) : `${oldest} to ${newest}`;
}
