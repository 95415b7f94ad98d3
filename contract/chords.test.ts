// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { chordOf } from "./chords.ts";

const pressed = {
  code: "KeyI",
  altKey: true,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isTrusted: true,
};

describe("chordOf", () => {
  it("recognizes Alt with I, T and 1 to 9, and nothing else", () => {
    expect(chordOf(pressed)).toBe("inspector");
    expect(chordOf({ ...pressed, code: "KeyT" })).toBe("add-tab");
    expect(chordOf({ ...pressed, code: "Digit9" })).toBe("focus-9");
    for (const code of ["Digit0", "KeyA", "F4", "ArrowLeft", ""]) {
      expect(chordOf({ ...pressed, code })).toBeNull();
    }
  });

  it("ignores events made by scripts", () => {
    expect(chordOf({ ...pressed, isTrusted: false })).toBeNull();
  });

  it("ignores other modifiers, AltGr included, and repeats", () => {
    for (const key of ["ctrlKey", "metaKey", "shiftKey", "repeat"] as const) {
      expect(chordOf({ ...pressed, [key]: true })).toBeNull();
    }
    expect(chordOf({ ...pressed, altKey: false })).toBeNull();
  });

  it("ignores keys in a text field", () => {
    const field = document.createElement("textarea");
    expect(chordOf({ ...pressed, target: field })).toBeNull();
    expect(chordOf({ ...pressed, target: document.body })).toBe("inspector");
  });
});
