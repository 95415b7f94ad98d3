import type { TabUrl } from "#contract/pane.ts";
import type { Remote, Remotes } from "#contract/remotes.ts";

export type { Remote, Remotes };

export interface Offer {
  readonly remotes: Remotes;
  /** What is wrong with the manifest, in plain words. */
  readonly faults: readonly string[];
}

/** What the server has parsed and put into the page: at least one remote. */
export function readOffer(text: string): Offer {
  return JSON.parse(text) as Offer;
}

/** The tabs of a shell whose URL names none. */
export const defaultTabs: readonly string[] = ["A", "B"];

/** The page of a remote; one URL for all its panes, so that one download serves them. */
export function frameUrl(paneOrigin: string, remote: Remote): string {
  if ("page" in remote) return new URL(remote.page, paneOrigin).href;
  const query = new URLSearchParams({
    remote: remote.name,
    module: remote.module,
    manifest: remote.manifest,
  });
  return `${paneOrigin}/frame.html?${query}`;
}

/** What a pane shows, as a page without the shell. */
export function standaloneUrl(paneOrigin: string, remote: Remote, url: TabUrl): string | null {
  if (remote.standalone === undefined) return null;
  return new URL(frameUrl(paneOrigin, remote)).origin + remote.standalone + url.slice(1);
}

/** A page of another origin than the panes': it is trusted with nothing. */
export function isForeign(remote: Remote): boolean {
  return "page" in remote && !remote.page.startsWith("/");
}

/** `sandbox` of its frames. Its origin is not the shell's, so scripts cannot take the sandbox off. */
export function sandboxOf({ sandbox }: Remote): string {
  return ["allow-scripts", "allow-same-origin", ...sandbox].join(" ");
}
