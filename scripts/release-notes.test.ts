import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changelogOf, nextVersion } from "./release-notes.ts";

test("a version goes on by a step of semantic versioning, and by nothing else", () => {
  expect(["patch", "minor", "major"].map((step) => nextVersion("1.4.7", step))).toEqual([
    ...["1.4.8", "1.5.0", "2.0.0"],
  ]);
  expect(() => nextVersion("1.4.7", "latest")).toThrow(/no step/);
});

test("what is unreleased is dated, and a release of nothing is refused", () => {
  const changelog =
    "# Changelog\n\n## [Unreleased]\n\n- A door.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n";
  const released = changelogOf(changelog, "0.2.0", "2026-11-28");
  expect(released).toBe(
    "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-28\n\n- A door.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n",
  );
  expect(() => changelogOf(released, "0.3.0", "2026-11-29")).toThrow(/nothing is unreleased/);
});

test("the package's changelog can be released", () => {
  const changelog = readFileSync(new URL("../sync/CHANGELOG.md", import.meta.url), "utf8");
  expect(changelog).toMatch(/^## \[(Unreleased|\d+\.\d+\.\d+)\]/m);
});
