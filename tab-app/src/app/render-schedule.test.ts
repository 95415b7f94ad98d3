import { expect, test } from "vitest";
import { createRenderSchedule } from "./render-schedule.ts";

function open() {
  const state = { now: 1000, isWriting: false };
  const soon: (() => void)[] = [];
  const later: { run: () => void; ms: number }[] = [];
  const ran: string[] = [];
  const schedule = createRenderSchedule({
    isWriting: () => state.isWriting,
    now: () => state.now,
    soon: (run) => soon.push(run),
    later: (run, ms) => later.push({ run, ms }),
  });
  return { state, soon, later, ran, notify: (name: string) => schedule(() => ran.push(name)) };
}

test("a change of another tab is shown in the task that brought it, with all that it touches", () => {
  const { soon, later, ran, notify } = open();
  notify("row");
  notify("count");
  expect(later).toEqual([]);
  for (const run of soon) run();
  expect(ran).toEqual(["row", "count"]);
});

test("changes that follow within a frame wait, and the next after it does not", () => {
  const { state, soon, later, notify } = open();
  notify("first");
  soon.shift()?.();
  state.now += 15;
  notify("second");
  expect(soon).toEqual([]);
  later.shift()?.run();
  state.now += 16;
  notify("third");
  expect(soon).toHaveLength(1);
});

test("a tab that writes renders after its request and its broadcast have left, in order", () => {
  const { state, soon, later, ran, notify } = open();
  state.isWriting = true;
  notify("overlay");
  expect(later.map(({ ms }) => ms)).toEqual([4]);
  state.isWriting = false;
  notify("confirmed");
  expect(soon).toEqual([]);
  for (const { run } of later) run();
  expect(ran).toEqual(["overlay", "confirmed"]);
});
