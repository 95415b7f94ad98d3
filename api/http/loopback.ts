/** Whether a host name or address, without a port, is this machine's loopback. IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);
}
