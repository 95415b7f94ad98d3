// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followTooltips } from "./follow-tooltips.ts";

const show = vi.fn();
const hide = vi.fn();
let undo = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `
    <button id="a" data-tooltip="Text of A" data-tooltip-side="top"><i></i></button>
    <button id="b" data-tooltip="Text of B"></button><p></p>`;
  undo = followTooltips({ isInPopup: () => false, show, hide });
});
afterEach(() => {
  undo();
  vi.useRealTimers();
  vi.clearAllMocks();
});

const $ = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;
const hover = (selector: string, pointerType = "mouse") =>
  $(selector).dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType }));

test("a tooltip is shown where the pointer rests, also on what is in the trigger", () => {
  hover("#a i");
  vi.advanceTimersByTime(400);
  expect(show).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(show).toHaveBeenCalledWith({ anchor: $("#a"), text: "Text of A", side: "top" });
  hover("p");
  vi.advanceTimersByTime(200);
  expect(hide).toHaveBeenCalledTimes(1);
});

test("the next one is shown at once", () => {
  hover("#a");
  vi.advanceTimersByTime(500);
  hover("#b");
  vi.advanceTimersByTime(1);
  expect(show).toHaveBeenLastCalledWith({ anchor: $("#b"), text: "Text of B", side: "bottom" });
});

test("a touch shows none, and a press hides it", () => {
  hover("#a", "touch");
  vi.advanceTimersByTime(1_000);
  expect(show).not.toHaveBeenCalled();
  hover("#a");
  vi.advanceTimersByTime(500);
  $("#a").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  expect(hide).toHaveBeenCalledTimes(1);
});
