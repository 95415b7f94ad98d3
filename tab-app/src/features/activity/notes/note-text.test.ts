import { expect, test } from "vitest";
import {
  changesOfNote,
  noteOfText,
  problemOfNote,
  problemOfTime,
  textOfNote,
} from "./note-text.ts";

test.each([
  ["Called back", "Called back", ""],
  ["  Called back \nThey will sign.", "Called back", "They will sign."],
  [
    "\n\nCalled back\n\n  \nThey will sign.\n\nOn Monday.\n",
    "Called back",
    "They will sign.\n\nOn Monday.",
  ],
  ["List\n  - one\n  - two", "List", "  - one\n  - two"],
  [" \n\t", "", ""],
])("the first line of %j is the title, the rest the body", (text, title, body) => {
  expect(noteOfText(text)).toEqual({ title, body });
});

test("the text of a note parses to that note", () => {
  for (const note of [
    { title: "Called back", body: "" },
    { title: "Called back", body: "They will sign.\n\nOn Monday." },
  ])
    expect(noteOfText(textOfNote(note))).toEqual(note);
});

test("a problem with the length names the part, its limit and its length", () => {
  const title = "t".repeat(300);
  const body = "b".repeat(10_000);
  expect(problemOfNote({ title, body })).toBeNull();
  expect(problemOfNote({ title: `${title}t`, body })).toMatch(/first line .* 300 .* 301\.$/);
  expect(problemOfNote({ title, body: `${body}b` })).toMatch(/follows .* 10,000 .* 10,001\.$/);
  expect(problemOfNote(noteOfText("  \n"))).toBe("Write something first.");
});

test("a time that is missing or still to come is a problem, and now is none", () => {
  const now = new Date(2026, 10, 27, 12, 0).getTime();
  expect(problemOfTime(undefined, now)).toBeNull();
  expect(problemOfTime("2026-11-27T12:01", now)).toBeNull();
  expect(problemOfTime("2026-11-27T12:02", now)).toMatch(/still to come/);
  expect(problemOfTime("", now)).toMatch(/on which day/);
});

test("only fields that differ are changes", () => {
  const base = { title: "Called back", body: "" };
  expect(changesOfNote(base, base)).toEqual({});
  expect(changesOfNote(base, { ...base, body: "Twice." })).toEqual({ body: "Twice." });
  expect(changesOfNote({ ...base, body: "Twice." }, base)).toEqual({ body: "" });
});
