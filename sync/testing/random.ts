/** A random generator: the same numbers for the same seed (mulberry32). */
export interface Random {
  /** As `Math.random`. */
  next(): number;
  /** True in `share` of the calls. Draws nothing for a share of 0. */
  hits(share: number): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  return {
    next,
    hits: (share) => share > 0 && next() < share,
    between: (min, max) => min + Math.floor(next() * (max - min + 1)),
  };
}
