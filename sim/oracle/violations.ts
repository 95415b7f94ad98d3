/** The claims of `README.md`, where each is said in a sentence. */
export const claims = [
  "converged",
  "more",
  "once",
  "selective",
  "patched",
  "monotonic",
  "private",
  "in turn",
  "settled",
  "once applied",
  "not lost",
  "unseen",
  "taken back",
  "drafts",
  "signed out",
  "out of view",
  "one in flight",
  "bounded",
  "two streams",
  "in step",
  "honest",
  "unread",
  "no crash",
] as const;
export type Claim = (typeof claims)[number];

export interface Violation {
  readonly claim: Claim;
  readonly text: string;
}

/** Reports that a claim does not hold. */
export type Fail = (claim: Claim, text: string) => void;

/** More of them say nothing new. */
const most = 8;

export function createViolations(log: (line: string) => void): {
  readonly all: readonly Violation[];
  readonly fail: Fail;
} {
  const all: Violation[] = [];
  return {
    all,
    fail(claim, text) {
      log(`VIOLATION ${claim}: ${text}`);
      if (all.length < most) all.push({ claim, text });
    },
  };
}
