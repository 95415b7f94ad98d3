import { expect, it, vi } from "vitest";
import { createTraceInlet } from "./trace-inlet.ts";

it("holds what panes sent until the inspector is loaded, in order, and then passes it on", () => {
  const inlet = createTraceInlet();
  const take = vi.fn();
  inlet.add("A", 1, ["first"]);
  const close = inlet.open(take);
  inlet.add("B", 1, ["second"]);
  expect(take.mock.calls).toEqual([
    ["A", 1, ["first"]],
    ["B", 1, ["second"]],
  ]);
  close();
  inlet.add("A", 1, ["third"]);
  expect(take).toHaveBeenCalledTimes(2);
  inlet.open(take);
  expect(take).toHaveBeenLastCalledWith("A", 1, ["third"]);
});

it("holds no more than a flooding pane may cost", () => {
  const inlet = createTraceInlet();
  for (let at = 0; at < 5000; at++) inlet.add("A", 1, [at]);
  const take = vi.fn();
  inlet.open(take);
  expect(take).toHaveBeenCalledTimes(100);
});
