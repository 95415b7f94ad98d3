import { readFileSync } from "node:fs";
import { parseRemotes, type RemoteList } from "#contract/remotes.ts";
import { SettingsError } from "./settings-error.ts";

/** The manifest of remotes, as it is now: an edit holds from the next page on. */
export interface RemotesFile {
  /** For a shell of this origin. */
  read(shellOrigin: string): RemoteList;
}

/**
 * Opens it, and reports lines that are wrong. Throws `SettingsError` where none can be used. Later a file that
 * cannot be read, or offers nothing, is reported once, and the last one that did holds.
 */
export function openRemotesFile(
  file: string,
  report: (text: string) => void = console.error,
): RemotesFile {
  let usable = "";
  let reported = "";

  function load(): { text: string; problem: string } {
    try {
      const text = readFileSync(file, "utf8");
      const { remotes, faults } = parseRemotes(text);
      const problem = faults.map((fault) => `${file}: ${fault}`).join("\n");
      if (remotes.length > 0) return { text, problem };
      return {
        text: "",
        problem: [problem, `${file} offers no remote`].filter(Boolean).join("\n"),
      };
    } catch (error) {
      return { text: "", problem: `${file}: ${(error as Error).message}` };
    }
  }

  function refresh(): string {
    const { text, problem } = load();
    if (problem !== "" && problem !== reported) report(problem);
    reported = problem;
    usable = text || usable;
    return problem;
  }

  const problem = refresh();
  if (usable === "") throw new SettingsError(problem);
  return {
    read(shellOrigin) {
      refresh();
      return parseRemotes(usable, shellOrigin);
    },
  };
}

/** The origins of pages that a shell may frame, beside that of the panes. */
export function pageOrigins({ remotes }: RemoteList): string[] {
  const pages = remotes.flatMap((remote) => ("page" in remote ? [remote.page] : []));
  const outside = pages.filter((page) => !page.startsWith("/"));
  return [...new Set(outside.map((page) => new URL(page).origin))];
}
