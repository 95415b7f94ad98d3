/** The value of a cookie in the `Cookie` header; undefined where there is none, or more than one. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const start = `${name}=`;
  const found = (header ?? "").split(/;\s*/).filter((cookie) => cookie.startsWith(start));
  // Of two, one was put there by another host of the same site: neither is trusted.
  return found.length === 1 ? found[0]?.slice(start.length) : undefined;
}

export interface CookieOptions {
  readonly secure: boolean;
  readonly maxAgeMs: number;
  /** Whether scripts may read it. */
  readonly readable?: boolean;
}

/** A `Set-Cookie` header. A `maxAgeMs` of 0 deletes the cookie. */
export function formatCookie(name: string, value: string, options: CookieOptions): string {
  const { secure, maxAgeMs, readable = false } = options;
  const parts = [
    `${name}=${value}`,
    "Path=/",
    "SameSite=Lax",
    `Max-Age=${Math.floor(maxAgeMs / 1000)}`,
    secure && "Secure",
    !readable && "HttpOnly",
  ];
  return parts.filter(Boolean).join("; ");
}
