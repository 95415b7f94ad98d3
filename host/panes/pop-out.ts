import type { TabUrl } from "#contract/pane.ts";

/** Opens what a pane shows in a browser tab of its own. */
export function popOut(paneOrigin: string, url: TabUrl): void {
  window.open(`${paneOrigin}${url}`, "_blank", "noopener");
}
