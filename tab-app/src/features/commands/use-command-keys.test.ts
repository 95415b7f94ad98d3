// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { setLettersOn } from "./letter-keys.ts";
import { commandOf } from "./use-command-keys.ts";

beforeEach(() => {
  document.body.innerHTML = `<button></button><input><div role="dialog"><button></button></div>`;
  setLettersOn(true);
});

function pressed(init: KeyboardEventInit, at = "body > button") {
  const target = document.querySelector(at);
  let id: ReturnType<typeof commandOf> = null;
  const listen = (event: Event) => {
    id = commandOf(event as KeyboardEvent);
  };
  document.addEventListener("keydown", listen, { once: true });
  target?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
  return id;
}

test("a letter stands for its command, but not in a field, in a dialog, held down, or once letters are off", () => {
  expect(pressed({ key: "n" })).toBe("new note");
  expect(pressed({ key: "/" })).toBe("filter accounts");
  expect(pressed({ key: "?", shiftKey: true })).toBe("shortcuts");
  expect(pressed({ key: "n" }, "input")).toBeNull();
  expect(pressed({ key: "n" }, "[role=dialog] button")).toBeNull();
  expect(pressed({ key: "n", repeat: true })).toBeNull();
  expect(pressed({ key: "n", altKey: true })).toBeNull();
  expect(pressed({ key: "x" })).toBeNull();
  setLettersOn(false);
  expect(pressed({ key: "n" })).toBeNull();
  expect(pressed({ key: "k", ctrlKey: true })).toBe("menu");
});

test("Control or Command with Z undoes, with Shift redoes, and a text field has its own", () => {
  expect(pressed({ key: "z", ctrlKey: true })).toBe("undo");
  expect(pressed({ key: "Z", metaKey: true, shiftKey: true })).toBe("redo");
  expect(pressed({ key: "z", ctrlKey: true }, "input")).toBeNull();
  expect(pressed({ key: "z", ctrlKey: true, altKey: true })).toBeNull();
});

test("the menu opens also from a text field", () => {
  expect(pressed({ key: "k", ctrlKey: true }, "input")).toBe("menu");
  expect(pressed({ key: "k", metaKey: true }, "input")).toBe("menu");
});
