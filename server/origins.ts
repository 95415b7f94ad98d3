import type { IncomingMessage } from "node:http";
import type { Settings } from "./settings.ts";

/** The two origins as the browser of this request names them: the same host name, two ports, unless they are set. */
export interface Origins {
  readonly shell: string;
  readonly pane: string;
}

/** Null when the `Host` of the request is not one of `hosts`. */
export function originsOf(
  request: IncomingMessage,
  hosts: readonly string[],
  settings: Pick<Settings, "shellPort" | "panePort" | "shellUrl" | "paneUrl">,
): Origins | null {
  const name = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  if (!hosts.includes(name)) return null;
  return {
    shell: settings.shellUrl ?? `http://${name}:${settings.shellPort}`,
    pane: settings.paneUrl ?? `http://${name}:${settings.panePort}`,
  };
}
