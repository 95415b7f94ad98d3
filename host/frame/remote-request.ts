import type { RemoteRequest } from "./load-remote.ts";

/**
 * Parses which remote to load: `?remote=tabApp&module=mount&manifest=/mf-manifest.json`. Such a link
 * may come from anywhere, so the manifest must be on the page's own origin or one it allows;
 * otherwise `null`.
 */
export function parseRemoteRequest(
  page: string,
  allowedOrigins: readonly string[] = [],
): RemoteRequest | null {
  const { searchParams, origin } = new URL(page);
  const remote = searchParams.get("remote") ?? "";
  const module = searchParams.get("module") ?? "";
  const manifest = searchParams.get("manifest") ?? "";
  if (!isName(remote) || !isName(module) || !URL.canParse(manifest, page)) return null;
  const url = new URL(manifest, page);
  if (url.origin !== origin && !allowedOrigins.includes(url.origin)) return null;
  return { remote, module, manifest: url.href };
}

function isName(text: string): boolean {
  return /^[A-Za-z][\w-]{0,63}$/.test(text);
}
