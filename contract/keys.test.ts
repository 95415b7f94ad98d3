// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { hasOwnKeys, isTyping, keysOf } from "./keys.ts";

const pressed = { key: "k", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test("keys go by what they type: letters in either case, and characters with the Shift that they need", () => {
  expect(keysOf({ ...pressed, ctrlKey: true })).toBe("Mod+K");
  expect(keysOf({ ...pressed, metaKey: true })).toBe("Mod+K");
  expect(keysOf({ ...pressed, key: "Z", ctrlKey: true, shiftKey: true })).toBe("Mod+Shift+Z");
  expect(keysOf(pressed)).toBe("K");
  // With Caps Lock.
  expect(keysOf({ ...pressed, key: "K" })).toBe("K");
  expect(keysOf({ ...pressed, key: "?", shiftKey: true })).toBe("?");
  expect(keysOf({ ...pressed, key: "/" })).toBe("/");
});

test("further modifiers, as of AltGr, make other keys of them", () => {
  expect(keysOf({ ...pressed, shiftKey: true })).toBe("Shift+K");
  expect(keysOf({ ...pressed, ctrlKey: true, altKey: true })).toBe("Mod+Alt+K");
  expect(keysOf({ ...pressed, ctrlKey: true, metaKey: true })).toBe("Both+K");
  expect(keysOf({ ...pressed, key: "Enter", shiftKey: true })).toBe("Shift+Enter");
});

test("a text field, a list of choices and what is open over the page have keys for themselves; a check box has none", () => {
  document.body.innerHTML = `
    <input id="text"><input id="check" type="checkbox"><button id="choice" role="combobox"></button>
    <div contenteditable="true"><b id="rich"></b></div><div role="dialog"><i id="inside"></i></div>`;
  const where = (claim: typeof isTyping) =>
    ["text", "check", "choice", "rich", "inside"].filter((id) =>
      claim(document.getElementById(id)),
    );
  expect(where(isTyping)).toEqual(["text", "rich"]);
  expect(where(hasOwnKeys)).toEqual(["choice", "inside"]);
  expect(isTyping(null)).toBe(false);
});
