/**
 * Where a sign-in leads: an address of the pages of ours, or their start. `shell` is the shell as it was left. Whatever else a link says is not
 * followed, for it may be a stranger's page that looks like ours.
 */
export function returnAddress(
  asked: string | null,
  { pane, shell }: { readonly pane: string; readonly shell: string },
): string {
  if (asked === "shell") return `${shell}/?back`;
  const start = `${pane}/`;
  if (asked === null || asked.length > 2_000 || !URL.canParse(asked, start)) return start;
  const url = new URL(asked, start);
  // A blob: has the origin of the page that made it.
  const isOurs = /^https?:$/.test(url.protocol) && (url.origin === pane || url.origin === shell);
  return isOurs && !url.pathname.startsWith("/access/") ? url.href : start;
}
