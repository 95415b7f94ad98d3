import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

function createWorld() {
  let isOnline = true;
  const listeners = new Set<(isOnline: boolean) => void>();
  const turns = createTurns({
    isOnline: () => isOnline,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const left: string[] = [];
  const signals = new Map<string, AbortController>();
  const join = (key: string, row = key, isStored = false, within: readonly string[] = []) => {
    const { signal } = signals.set(key, new AbortController()).get(key) as AbortController;
    const { due } = turns.join(key, { rows: [row], within }, { isStored, signal });
    due.then(
      () => left.push(key),
      () => turns.leave(key),
    );
  };
  const setOnline = (next: boolean) => {
    isOnline = next;
    for (const listener of listeners) listener(next);
  };
  const cancel = (key: string) => signals.get(key)?.abort();
  const settle = async () => {
    await new Promise((resolve) => setTimeout(resolve));
    return left.splice(0);
  };
  return { turns, join, setOnline, cancel, settle };
}

test("two writes of one row leave one after the other, those of two rows at once", async () => {
  const { turns, join, settle } = createWorld();
  join("a1", "a");
  join("a2", "a");
  join("b");
  expect(await settle()).toEqual(["a1", "b"]);
  turns.leave("a1");
  expect(await settle()).toEqual(["a2"]);
});

test("what belongs to a row waits until that is made, and the deletion of a row for what belongs to it", async () => {
  const { turns, join, settle } = createWorld();
  join("account", "a/*");
  join("note 1", "n1", false, ["a/*"]);
  join("note 2", "n2", false, ["a/*"]);
  join("delete account", "a/*");
  join("other", "n3", false, ["b/*"]);
  expect(await settle()).toEqual(["account", "other"]);
  turns.leave("account");
  expect(await settle()).toEqual(["note 1", "note 2"]);
  turns.leave("note 1");
  expect(await settle()).toEqual([]);
  turns.leave("note 2");
  expect(await settle()).toEqual(["delete account"]);
});

test("what was asked for offline leaves one by one, in the order in which it was asked for", async () => {
  const { turns, join, setOnline, settle } = createWorld();
  setOnline(false);
  for (const key of ["c", "a", "b"]) join(key);
  expect(await settle()).toEqual([]);
  setOnline(true);
  expect(await settle()).toEqual(["c"]);
  turns.leave("c");
  expect(await settle()).toEqual(["a"]);
  join("d");
  expect(await settle()).toEqual(["d"]);
  turns.leave("a");
  expect(await settle()).toEqual(["b"]);
});

test("what waited for its row when the network was lost is in line too", async () => {
  const { turns, join, setOnline, settle } = createWorld();
  for (const row of ["a", "b"]) for (const nth of [1, 2]) join(`${row}${nth}`, row);
  expect(await settle()).toEqual(["a1", "b1"]);
  setOnline(false);
  for (const key of ["a1", "b1"]) turns.leave(key);
  expect(await settle()).toEqual([]);
  setOnline(true);
  expect(await settle()).toEqual(["a2"]);
});

test("what was stored waits for all before it, and a cancelled one for nothing", async () => {
  const { turns, join, cancel, settle } = createWorld();
  join("a1", "a");
  join("k", "k", true);
  join("a2", "a");
  expect(await settle()).toEqual(["a1"]);
  cancel("a2");
  cancel("k");
  join("a3", "a");
  turns.leave("a1");
  expect(await settle()).toEqual(["a3"]);
});
