import type { Chance } from "./random.ts";

/** How lossy the world is: nothing, some, much. */
export type Level = 0 | 1 | 2;

/** What may go wrong by itself. */
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
] as const;
export type NoiseKind = (typeof noiseKinds)[number];

/** Each at its own level, so that a shrunk schedule shows what matters. */
export type NoiseLevels = Readonly<Record<NoiseKind, Level>>;

const share: readonly number[] = [0, 0.15, 0.5];

/** The weather of one run. It can be calmed for the end. */
export interface Noise {
  readonly calm: boolean;
  hits(kind: NoiseKind): boolean;
  /** Milliseconds that something takes; `kind` makes it take long at times. */
  delay(kind: NoiseKind, usual: number, long: number): number;
  settle(): void;
}

export function createNoise(
  levels: NoiseLevels,
  chance: Chance,
  count: (what: string) => void,
): Noise {
  let calm = false;
  function hits(kind: NoiseKind) {
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
