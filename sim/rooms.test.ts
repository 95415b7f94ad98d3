import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Each imports from itself and from those before it. */
const rooms = ["source", "models", "tab", "oracle", "world", "mutants", "runs"];

test.for(rooms)("the room imports nothing of a later one: %s", (room) => {
  const folder = new URL(`${room}/`, import.meta.url);
  const later = rooms.slice(rooms.indexOf(room) + 1);
  const imported = readdirSync(folder).flatMap((name) =>
    Array.from(
      readFileSync(new URL(name, folder), "utf8").matchAll(/"\.\.\/([a-z]+)\//g),
      ([, other]) => other,
    ),
  );
  expect(later.filter((other) => imported.includes(other))).toEqual([]);
});
