import { expect, it, vi } from "vitest";
import { createObservable } from "./observable.ts";

it("notifies the other listeners when one throws", () => {
  const report = vi.fn();
  const observable = createObservable(1, report);
  const listener = vi.fn();
  observable.subscribe(() => {
    throw new Error("mine");
  });
  observable.subscribe(listener);
  observable.set(2);
  expect(listener).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledOnce();
});
