/** The version after `current`, by semantic versioning. Throws for a step that is none. */
export function nextVersion(current: string, step: string): string {
  const [major = 0, minor = 0, patch = 0] = current.split(".").map(Number);
  if (step === "major") return `${major + 1}.0.0`;
  if (step === "minor") return `${major}.${minor + 1}.0`;
  if (step === "patch") return `${major}.${minor}.${patch + 1}`;
  throw new RangeError(`"${step}" is no step: patch, minor or major`);
}

/** A changelog whose unreleased part is that of `version`. Throws where there is nothing in it. */
export function changelogOf(changelog: string, version: string, date: string): string {
  const heading = "## [Unreleased]\n";
  const [before, after] = changelog.split(heading);
  const unreleased = after?.split(/^## /m)[0]?.trim();
  if (before === undefined || !unreleased) throw new Error("CHANGELOG.md: nothing is unreleased");
  return `${before}${heading}\n## [${version}] - ${date}\n${after}`;
}
