// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { selectByKey } from "./select-by-key.ts";
import { type Selection, useSelection } from "./use-selection.ts";

function open(first: readonly string[]) {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const root = createRoot(document.createElement("div"));
  const held: { selection: Selection | null } = { selection: null };
  function Probe({ ids }: { ids: readonly string[] }) {
    held.selection = useSelection(ids);
    return null;
  }
  let ids = first;
  const show = (next: readonly string[]) => {
    ids = next;
    act(() => root.render(<Probe ids={next} />));
  };
  show(first);
  const selection = () => held.selection as Selection;
  const press = (key: string, at: number, more: object = {}) => {
    const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
    const event = { key, target: document.body, ...none, ...more };
    let focused = -1;
    const focusAt = (index: number) => {
      focused = index;
      return true;
    };
    let handled = false;
    act(() => {
      handled = selectByKey(event, at, { selection: selection(), ids, focusAt });
    });
    return { handled, focused };
  };
  return { show, selection, press };
}

test("x toggles, Shift with arrows extends from the last one, Escape clears, and text fields keep their keys", () => {
  const { selection, press } = open([..."abcde"]);
  expect(press("x", 1).handled).toBe(true);
  expect(press("ArrowDown", 1, { shiftKey: true }).focused).toBe(2);
  expect(press("ArrowDown", 2, { shiftKey: true }).focused).toBe(3);
  expect(selection().ids).toEqual([..."bcd"]);
  press("x", 2);
  expect(selection().ids).toEqual([..."bd"]);
  expect(press("ArrowDown", 4, { shiftKey: true }).handled).toBe(false);
  expect(press("x", 0, { target: document.createElement("textarea") }).handled).toBe(false);
  expect(press("x", 0, { ctrlKey: true }).handled).toBe(false);
  expect(press("Escape", 0).handled).toBe(true);
  expect(selection().ids).toEqual([]);
  expect(press("Escape", 0).handled).toBe(false);
  press("ArrowUp", 3, { shiftKey: true });
  expect(selection().ids).toEqual([..."cd"]);
});

test("a row that leaves the list is not selected any more, and a range follows the order of the list", () => {
  const { show, selection } = open([..."abcde"]);
  act(() => selection().toggle("d"));
  act(() => selection().extend("b"));
  expect(selection().ids).toEqual([..."bcd"]);
  show([..."dbae"]);
  expect(selection().ids).toEqual([..."db"]);
});
