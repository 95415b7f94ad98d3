import { expect, test } from "vitest";
import { type CommandEntry, commandGroups, localKeys } from "./command-list.ts";

const entries: readonly CommandEntry[] = commandGroups.flatMap<CommandEntry>(({ commands }) => [
  ...commands,
]);

test("each command has an id and a title of its own, and no two have the same keys", () => {
  const keys = [
    ...entries.flatMap(({ keys }) => keys ?? []),
    ...localKeys.flatMap((local) => local.keys),
  ];
  for (const all of [entries.map(({ id }) => id), entries.map(({ title }) => title), keys])
    expect(new Set(all).size).toBe(all.length);
});
