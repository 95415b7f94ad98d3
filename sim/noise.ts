import type { Chance } from "./random.ts";

/** How lossy the world is: nothing, some, much. */
export type Level = 0 | 1 | 2;

/** What may go wrong by itself, each at its own level, so that a shrunk schedule shows what matters. */
export interface NoiseLevels {
  readonly dropped: Level;
  readonly doubled: Level;
  readonly reordered: Level;
  readonly slowChannel: Level;
  readonly slowRequests: Level;
  readonly failedRequests: Level;
  readonly lostAnswers: Level;
  readonly slowFeed: Level;
  readonly brokenFeed: Level;
}

export const noiseKinds = [
  "dropped",
  "doubled",
  "reordered",
  "slowChannel",
  "slowRequests",
  "failedRequests",
  "lostAnswers",
  "slowFeed",
  "brokenFeed",
] as const satisfies readonly (keyof NoiseLevels)[];

const share: readonly number[] = [0, 0.15, 0.5];

/** The weather of one run. It can be calmed for the end. */
export interface Noise {
  readonly calm: boolean;
  hits(kind: keyof NoiseLevels): boolean;
  /** Milliseconds that something takes; `kind` makes it take long at times. */
  delay(kind: keyof NoiseLevels, usual: number, long: number): number;
  settle(): void;
}

export function createNoise(
  levels: NoiseLevels,
  chance: Chance,
  count: (what: string) => void,
): Noise {
  let calm = false;
  function hits(kind: keyof NoiseLevels) {
    const isHit = !calm && chance.hits(share[levels[kind]] ?? 0);
    if (isHit) count(kind);
    return isHit;
  }
  return {
    get calm() {
      return calm;
    },
    hits,
    delay: (kind, usual, long) => chance.between(1, hits(kind) ? long : usual),
    settle() {
      calm = true;
    },
  };
}
