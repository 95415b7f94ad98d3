import type { Random } from "#sync/testing";

/** How often a kind of fault happens: never, at times, often. */
export type Level = 0 | 1 | 2;

/** Random faults of the channel, of requests and of the change stream. */
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

/** Each kind has its own level, so that a shrunk schedule shows which ones matter. */
export type NoiseLevels = Readonly<Record<NoiseKind, Level>>;

const share: readonly number[] = [0, 0.15, 0.5];

/** The random faults of one run, until they are switched off for its end. */
export interface Noise {
  /** Whether the fault happens now. */
  hits(kind: NoiseKind): boolean;
  /** A delay in milliseconds: up to `usual`, or up to `long` where the fault happens. */
  delay(kind: NoiseKind, usual: number, long: number): number;
  /** From here on no fault happens. */
  stop(): void;
}

export function createNoise(
  levels: NoiseLevels,
  random: Random,
  count: (what: string) => void,
): Noise {
  let isOver = false;
  function hits(kind: NoiseKind) {
    const isHit = !isOver && random.hits(share[levels[kind]] ?? 0);
    if (isHit) count(kind);
    return isHit;
  }
  return {
    hits,
    delay: (kind, usual, long) => random.between(1, hits(kind) ? long : usual),
    stop() {
      isOver = true;
    },
  };
}
