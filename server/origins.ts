import type { IncomingMessage } from "node:http";

/** The two origins as the browser of this request names them: the same host name, two ports. */
export interface Origins {
  readonly shell: string;
  readonly pane: string;
}

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** The host names that are allowed in `Host`. Any other may be a DNS rebinding attack. */
export function knownHosts(host: string): string[] {
  return [...new Set([...loopback, host])];
}

/** Null when the `Host` of the request is not one of `hosts`. */
export function originsOf(
  request: IncomingMessage,
  hosts: readonly string[],
  ports: { readonly shellPort: number; readonly panePort: number },
): Origins | null {
  const name = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  if (!hosts.includes(name)) return null;
  return { shell: `http://${name}:${ports.shellPort}`, pane: `http://${name}:${ports.panePort}` };
}
