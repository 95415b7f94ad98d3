// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { chordOf } from "./chords.ts";

const pressed = {
  key: "i",
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
    expect(chordOf({ ...pressed, key: "t", code: "KeyT" })).toBe("add-tab");
    expect(chordOf({ ...pressed, key: "9", code: "Digit9" })).toBe("focus-9");
    for (const code of ["Digit0", "KeyA", "F4", "ArrowLeft", ""]) {
      expect(chordOf({ ...pressed, key: "a", code })).toBeNull();
      expect(chordOf({ ...pressed, key: "Dead", code })).toBeNull();
    }
  });

  it("recognizes Alt and Shift with an arrow, and neither alone", () => {
    const arrow = { ...pressed, key: "ArrowLeft", code: "ArrowLeft" };
    expect(chordOf({ ...arrow, shiftKey: true })).toBe("move-back");
    expect(chordOf({ ...arrow, key: "ArrowRight", shiftKey: true })).toBe("move-on");
    expect(chordOf({ ...arrow, key: "ArrowUp", shiftKey: true })).toBeNull();
    expect(chordOf(arrow)).toBeNull();
    expect(chordOf({ ...arrow, altKey: false, shiftKey: true })).toBeNull();
  });

  it("goes by the letter and not by the key's place, unless the key types no letter with Option", () => {
    expect(chordOf({ ...pressed, key: "t", code: "KeyK" })).toBe("add-tab");
    expect(chordOf({ ...pressed, key: "c", code: "KeyI" })).toBeNull();
    expect(chordOf({ ...pressed, key: "ˆ", code: "KeyI" })).toBe("inspector");
    expect(chordOf({ ...pressed, key: "Dead", code: "KeyI" })).toBe("inspector");
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
