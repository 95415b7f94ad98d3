import { expect, test } from "vitest";
import { matchCommands } from "./match-commands.ts";

const entries = [
  { title: "Log a call", words: "phone" },
  { title: "Show or hide the log" },
  { title: "Thème: dark" },
];
const found = (text: string) => matchCommands(entries, text).map(({ title }) => title);

test("a command is found by the beginnings of its words, in any order, case and accents", () => {
  expect(found("ca LO")).toEqual(["Log a call"]);
  expect(found("phone")).toEqual(["Log a call"]);
  expect(found("theme")).toEqual(["Thème: dark"]);
  expect(found("all")).toEqual([]);
  expect(found("log zebra")).toEqual([]);
});

test("what begins with the text comes first, and an empty text finds all in their order", () => {
  expect(found("log")).toEqual(["Log a call", "Show or hide the log"]);
  expect(found("show")).toEqual(["Show or hide the log"]);
  expect(found(" ")).toEqual(entries.map(({ title }) => title));
});
