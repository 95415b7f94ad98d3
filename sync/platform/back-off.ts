/** Milliseconds to wait after the `failures`-th failure in a row: doubled each time up to 30 s, with jitter. */
export function backOff(first: number, failures: number): number {
  return Math.min(30_000, first * 2 ** failures) * (0.5 + Math.random() / 2);
}
