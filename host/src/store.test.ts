import { expect, it, vi } from "vitest";
import { createStore } from "./store.ts";

it("lets no listener that throws mute the others", () => {
  const report = vi.fn();
  const store = createStore(1, report);
  const heard = vi.fn();
  store.subscribe(() => {
    throw new Error("mine");
  });
  store.subscribe(heard);
  store.set(2);
  expect(heard).toHaveBeenCalledOnce();
  expect(report).toHaveBeenCalledOnce();
});
