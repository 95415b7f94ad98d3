import { expect, test, vi } from "vitest";
import { createCommands } from "./commands.ts";

test("of what offers to do a command the latest does it, and the one before once that is gone", () => {
  const commands = createCommands();
  const [first, second] = [vi.fn(), vi.fn()];
  const endFirst = commands.offer("tasks", first);
  const endSecond = commands.offer("tasks", second);
  expect(commands.offered("tasks")).toBe(second);
  endSecond();
  expect(commands.offered("tasks")).toBe(first);
  endFirst();
  expect(commands.offered("tasks")).toBeUndefined();
  expect(commands.offered("undo")).toBeUndefined();
});

test("what is shown is told when it changes, and only then", () => {
  const commands = createCommands();
  const listener = vi.fn();
  commands.subscribe(listener);
  commands.show(null);
  commands.show("menu");
  commands.show("menu");
  expect(commands.shown).toBe("menu");
  expect(listener).toHaveBeenCalledOnce();
});
