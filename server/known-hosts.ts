const loopback = ["localhost", "127.0.0.1", "[::1]"];

/** The host names that are allowed in `Host`. Any other may be a DNS rebinding attack. */
export function knownHosts(host: string, ...outer: readonly (string | null)[]): string[] {
  const names = outer.flatMap((origin) => (origin === null ? [] : new URL(origin).hostname));
  return [...new Set([...loopback, host, ...names])];
}
