/** What is wrong with the addresses when a pane does not load; `null` while it is not known. */
export type AddressFault =
  /** The page was opened at another origin than the server takes for the shell's. */
  | { readonly kind: "other-origin"; readonly opened: string; readonly expected: string }
  /** The panes' origin is http and this page https: browsers block it. */
  | { readonly kind: "mixed-content" }
  /** Nothing answers at the panes' origin. */
  | { readonly kind: "silent" }
  /** Something answers there, and what the frame loaded is no pane. */
  | { readonly kind: "no-pane" }
  /** Something answers there, and the frame has not loaded. */
  | { readonly kind: "slow" };

/** Finds out why a pane does not load. Never rejects. */
export async function findAddressFault(options: {
  opened: string;
  expected: string;
  paneOrigin: string;
  /** The frame fired `load`, as it also does for a page that its server lets nobody frame. */
  hasLoaded: boolean;
  fetcher?: (url: string, init: RequestInit) => Promise<Response>;
}): Promise<AddressFault> {
  const { opened, expected, paneOrigin, hasLoaded, fetcher = fetch } = options;
  if (isMixed(opened, new URL(paneOrigin))) return { kind: "mixed-content" };
  if (expected !== "" && opened !== expected) return { kind: "other-origin", opened, expected };
  try {
    // Its answer cannot be read, and need not be: there is one.
    await fetcher(`${paneOrigin}/alive`, {
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(5000),
    });
    return { kind: hasLoaded ? "no-pane" : "slow" };
  } catch {
    return { kind: "silent" };
  }
}

/** Addresses of the computer itself count as safe: https://w3c.github.io/webappsec-secure-contexts/#potentially-trustworthy-origin */
function isMixed(opened: string, { protocol, hostname }: URL): boolean {
  if (!opened.startsWith("https:") || protocol !== "http:") return false;
  return !/^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/.test(hostname);
}
