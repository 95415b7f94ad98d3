const head = { tandem: 1, from: "junk", type: "head", epoch: "epoch-1", live: true };

/** Messages on the channel that no tab of this version sent, each with its kind. */
export const strayMessages: readonly (readonly ["junk" | "foreign", unknown])[] = [
  ["foreign", { tandem: 2, from: "newer", type: "hello" }],
  ["foreign", { tandem: 7, from: "newer", type: "changes", changes: "binary" }],
  ["foreign", { tandem: 99, from: "older-or-newer" }],
  ["junk", null],
  ["junk", undefined],
  ["junk", 0],
  ["junk", "changes"],
  ["junk", []],
  ["junk", { tandem: 1 }],
  ["junk", { tandem: 1, from: "junk", type: "changes", epoch: "epoch-1", changes: [] }],
  ["junk", { tandem: 1, from: "junk", type: "changes", epoch: "epoch-1", changes: [{ rev: -1 }] }],
  ["junk", { tandem: 1, from: "junk", type: "changes", epoch: "../..", changes: [null] }],
  ["junk", { tandem: 1, from: "junk", type: "later" }],
  ["junk", { ...head, rev: "101" }],
  ["junk", { ...head, rev: 1e300 }],
  ["junk", { ...head, rev: -5 }],
  ["junk", { ...head, rev: 5, live: "yes" }],
  ["junk", { ...head, rev: 1 }],
  ["junk", { ...head, epoch: "epoch-0", rev: 3 }],
  ["junk", { ...head, epoch: "another-log", rev: 1_000_000 }],
  ["junk", { __proto__: null, constructor: { prototype: { polluted: true } } }],
];
