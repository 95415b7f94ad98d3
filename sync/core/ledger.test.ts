import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Change } from "../wire/change.ts";
import { createLedger } from "./ledger.ts";

const change = (rev: number, more: Partial<Change> = {}): Change => ({
  rev,
  resource: "activities",
  id: `act-${rev}`,
  op: "update",
  version: rev,
  parents: {},
  ...more,
});
const revs = (changes: readonly Change[] | null) => changes?.map(({ rev }) => rev);

describe("a ledger", () => {
  test("takes each change once, whatever way and however often it comes", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    expect(revs(ledger.take("e", [change(11)]))).toEqual([11]);
    expect(revs(ledger.take("e", [change(11)]))).toEqual([]);
    expect(revs(ledger.catchUp({ epoch: "e", rev: 12 }, [change(11), change(12)], 11))).toEqual([
      12,
    ]);
    expect(ledger.head).toEqual({ epoch: "e", rev: 12 });
  });

  test("sees that something in between was missed, and that it came after all", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    ledger.take("e", [change(12)]);
    expect(ledger.gap).toBe(true);
    expect(ledger.head?.rev).toBe(10);
    ledger.take("e", [change(11)]);
    expect(ledger.gap).toBe(false);
    expect(ledger.head?.rev).toBe(12);
  });

  test("sees from a response alone that something was missed", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    ledger.sight({ epoch: "e", rev: 13 });
    expect(ledger.gap).toBe(true);
    expect(ledger.head?.rev).toBe(10);
  });

  test("cannot vouch for what was read before its log begins", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    ledger.take("e", [change(11)]);
    expect(revs(ledger.since(10))).toEqual([11]);
    expect(ledger.since(9)).toBeNull();
  });

  test("starts anew with a later epoch and ignores what is late from an earlier one", () => {
    const onRestart = vi.fn();
    const ledger = createLedger({ onRestart });
    ledger.sight({ epoch: "old", rev: 10 });
    expect(onRestart).not.toHaveBeenCalled();
    ledger.take("new", [change(50)]);
    expect(onRestart).toHaveBeenCalledOnce();
    expect(ledger.head).toEqual({ epoch: "new", rev: 50 });
    expect(ledger.since(10)).toBeNull();
    expect(ledger.take("old", [change(11)])).toEqual([]);
    ledger.sight({ epoch: "old", rev: 12 });
    expect(ledger.head).toEqual({ epoch: "new", rev: 50 });
  });

  test("an answer about another epoch is not taken for this one's", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "new", rev: 50 });
    expect(ledger.catchUp({ epoch: "old", rev: 60 }, [change(55)], 50)).toEqual([]);
    expect(ledger.head?.rev).toBe(50);
  });

  test("believes the server's answer over a revision that only junk named", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    ledger.take("e", [change(5000)]);
    expect(ledger.gap).toBe(true);
    ledger.catchUp({ epoch: "e", rev: 10 }, [], 5000);
    expect(ledger.gap).toBe(false);
    expect(revs(ledger.take("e", [change(11)]))).toEqual([11]);
    expect(ledger.gap).toBe(false);
  });

  test("does not take an answer for the last word when more was sighted meanwhile", () => {
    const ledger = createLedger();
    ledger.sight({ epoch: "e", rev: 10 });
    ledger.sight({ epoch: "e", rev: 11 });
    ledger.take("e", [change(13)]);
    ledger.catchUp({ epoch: "e", rev: 11 }, [change(11)], 11);
    expect(ledger.gap).toBe(true);
  });

  test("forgets the oldest beyond its capacity and says so", () => {
    const ledger = createLedger({ capacity: 3 });
    ledger.sight({ epoch: "e", rev: 0 });
    ledger.take(
      "e",
      [1, 2, 3, 4, 5].map((rev) => change(rev)),
    );
    expect(revs(ledger.since(2))).toEqual([3, 4, 5]);
    expect(ledger.since(1)).toBeNull();
  });

  test("restarts when it forgets past a gap, which could not be closed any more", () => {
    const onRestart = vi.fn();
    const ledger = createLedger({ capacity: 3, onRestart });
    ledger.sight({ epoch: "e", rev: 0 });
    ledger.take(
      "e",
      [2, 3, 4].map((rev) => change(rev)),
    );
    expect(onRestart).not.toHaveBeenCalled();
    ledger.take("e", [change(5)]);
    expect(onRestart).toHaveBeenCalledOnce();
    expect(ledger.since(1)).toBeNull();
  });

  test("ends the same for any order, split and repetition of the same changes", () => {
    const order = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { minLength: 10 });
    fc.assert(
      fc.property(order, fc.array(fc.integer({ min: 0, max: 9 })), (shuffled, repeats) => {
        const ledger = createLedger();
        ledger.sight({ epoch: "e", rev: 0 });
        const taken = [...shuffled, ...repeats.map((at) => shuffled[at] as number)].flatMap((rev) =>
          ledger.take("e", [change(rev)]),
        );
        expect(taken).toHaveLength(10);
        expect(ledger.head?.rev).toBe(10);
        expect(ledger.gap).toBe(false);
        expect(revs(ledger.since(0))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }),
    );
  });
});
