/** What is wrong with the addresses when a pane does not load; `null` while it is not known. */
export type AddressFault =
  /** The page was opened at another origin than the server takes for the shell's. */
  | { readonly kind: "other-origin"; readonly opened: string; readonly expected: string }
  /** Nothing answers at the panes' origin. */
  | { readonly kind: "silent" }
  /** Something answers there, and yet no pane came. */
  | { readonly kind: "no-pane" };

/** Finds out why a pane does not load. Never rejects. */
export async function findAddressFault(options: {
  opened: string;
  expected: string;
  paneOrigin: string;
  fetcher?: (url: string, init: RequestInit) => Promise<Response>;
}): Promise<AddressFault> {
  const { opened, expected, paneOrigin, fetcher = fetch } = options;
  if (expected !== "" && opened !== expected) return { kind: "other-origin", opened, expected };
  try {
    // Its answer cannot be read, and need not be: there is one.
    await fetcher(`${paneOrigin}/alive`, {
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(5000),
    });
    return { kind: "no-pane" };
  } catch {
    return { kind: "silent" };
  }
}
