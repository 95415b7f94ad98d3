import { expect, test } from "vitest";
import type { Visitor } from "#data/tabs/people.ts";
import { peopleOf } from "./people-of.ts";

const visitor = (tabId: string, userId: string | null, more: Partial<Visitor> = {}): Visitor => ({
  tabId,
  tabName: "Tab A",
  userId,
  isEditing: false,
  isSameWindow: false,
  windowId: tabId,
  ...more,
});
const names: Record<string, string> = { "usr-1": "Priya Raman", "usr-2": "Maya Chen" };
const textsFor = (userId: string | null, visitors: Visitor[], own: string[] = []) =>
  peopleOf(visitors, { userId, isOwnTab: (id) => own.includes(id) }, (id) => names[id]).map(
    ({ text }) => text,
  );

test("oneself is nobody else: beside this tab, in another window, and in another browser", () => {
  const mine = [
    visitor("a", "usr-1", { isSameWindow: true }),
    visitor("b", "usr-1"),
    visitor("c", "usr-2"),
  ];
  expect(textsFor("usr-1", mine)).toEqual(["Maya Chen"]);
  // A guest has no name to be known by: this browser knows its own tabs.
  const guests = [visitor("a", null, { isSameWindow: true }), visitor("b", null)];
  expect(textsFor(null, guests, ["b"])).toEqual([]);
  expect(textsFor(null, guests)).toEqual(["a guest"]);
});

test("guests are counted by window and apart from people, and who edits comes first", () => {
  const visitors = [
    visitor("a", "usr-1"),
    visitor("b", "usr-2", { isEditing: true }),
    visitor("c", "usr-2"),
    visitor("d", null, { windowId: "w" }),
    visitor("e", null, { windowId: "w" }),
    visitor("f", null),
    visitor("g", "usr-9"),
  ];
  expect(textsFor(null, visitors)).toEqual([
    "Maya Chen, editing",
    "Priya Raman",
    "2 guests",
    "somebody",
  ]);
});
