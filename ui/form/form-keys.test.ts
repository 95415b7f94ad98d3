// @vitest-environment happy-dom
import type { KeyboardEvent } from "react";
import { expect, test, vi } from "vitest";
import { formKeys } from "./form-keys.ts";

/** Presses a key in an element of a form. Returns what it led to. */
function press(inner: string, key: Partial<KeyboardEvent>, around = "") {
  document.body.innerHTML = `<div ${around}><form>${inner}</form></div>`;
  const form = document.querySelector("form") as HTMLFormElement;
  const [onEscape, submit] = [vi.fn(), vi.spyOn(form, "requestSubmit").mockReturnValue()];
  const nativeEvent = { isComposing: false };
  const event = { currentTarget: form, target: form.firstElementChild, nativeEvent };
  formKeys({ onEscape })({ ...event, preventDefault() {}, ...key } as never);
  return { closed: onEscape.mock.calls.length, sent: submit.mock.calls.length };
}

const save = { key: "Enter", ctrlKey: true };

test("Ctrl+Enter sends and Escape closes, from any field", () => {
  expect(press("<input>", save)).toEqual({ closed: 0, sent: 1 });
  expect(press("<input>", { key: "Escape" })).toEqual({ closed: 1, sent: 0 });
});

test("what a field has handled is left alone, but for the Enter of a radio", () => {
  const handled = { ...save, defaultPrevented: true };
  expect(press("<input>", handled)).toEqual({ closed: 0, sent: 0 });
  expect(press('<span role="radio"></span>', handled)).toEqual({ closed: 0, sent: 1 });
  const closing = { key: "Escape", defaultPrevented: true };
  expect(press('<span role="radio"></span>', closing)).toEqual({ closed: 0, sent: 0 });
});

test.each(["inert", 'aria-hidden="true"'])("beneath a dialog (%s) nothing is done", (around) => {
  expect(press("<input>", { key: "Escape" }, around)).toEqual({ closed: 0, sent: 0 });
  expect(press("<input>", save, around)).toEqual({ closed: 0, sent: 0 });
});
