export interface Remote {
  /** Its name in the federation. */
  readonly name: string;
  readonly title: string;
  /** The URL of its manifest, relative to the pane origin. */
  readonly manifest: string;
  /** The exposed module with `mount(element, context)`. */
  readonly module: string;
}

/** What a pane can show. A new tab shows the first; a further remote is a line here. */
export const remotes: readonly [Remote, ...Remote[]] = [
  { name: "tabApp", title: "Accounts", manifest: "/mf-manifest.json", module: "mount" },
];

/** The tabs of a shell whose URL names none. */
export const defaultTabs: readonly string[] = ["A", "B"];

/** The frame page of a remote; one URL for all its panes, so that one download serves them. */
export function frameUrl(paneOrigin: string, remote: Remote): string {
  const query = new URLSearchParams({
    remote: remote.name,
    module: remote.module,
    manifest: remote.manifest,
  });
  return `${paneOrigin}/frame.html?${query}`;
}
