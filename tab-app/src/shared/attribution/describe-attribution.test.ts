import { expect, test } from "vitest";
import type { WhoChanged } from "#data/hooks/use-who-changed.ts";
import { describeAuthor, describePlace } from "./describe-attribution.ts";

const madeAt = (where: WhoChanged["where"], tabName: string | null = null): WhoChanged => ({
  where,
  tabName,
  userId: null,
});

test.each([
  [madeAt("here", "Tab B"), undefined, "in Tab B", "Tab B"],
  [madeAt("here", "Tab B"), "Maya Chen", "in Tab B", "Maya Chen in Tab B"],
  [madeAt("here", "This tab"), undefined, "in another window", "another window"],
  [madeAt("elsewhere", "Tab B"), "Maya Chen", "on another machine, by Maya Chen", "Maya Chen"],
  [madeAt("elsewhere", "Tab B"), undefined, "on another machine", "somebody on another machine"],
  [madeAt("outside"), undefined, "by hand or by a script", "a hand edit or a script"],
  [madeAt("unknown"), undefined, "elsewhere", "somebody else"],
])("%j by %s: changed %s, and %s changed it", (changed, userName, where, subject) => {
  expect(describePlace(changed, userName)).toBe(where);
  expect(describeAuthor(changed, userName)).toBe(subject);
});
