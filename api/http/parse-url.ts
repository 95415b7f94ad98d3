import { Refusal } from "./refusal.ts";

const maxUrl = 4_096;

export interface ParsedUrl {
  /** Decoded, without the mount point `/api`. */
  readonly path: string[];
  readonly query: URLSearchParams;
}

/** Parses a request URL strictly: `URLSearchParams` alone would take a malformed %-encoding for text. */
export function parseUrl(url: string): ParsedUrl {
  if (url.length > maxUrl) throw new Refusal(414, `The URL is longer than ${maxUrl} characters.`);
  const [rawPath = "", ...rest] = url.split("?");
  const search = rest.join("?");
  const path = rawPath.split("/").filter((segment) => segment !== "");
  if (path[0] === "api") path.shift();
  if (!isEncoded(search.replaceAll("+", " "))) {
    throw new Refusal(400, "The query has a malformed %-encoding.", { field: "" });
  }
  if (!path.every(isEncoded)) throw new Refusal(400, "The path has a malformed %-encoding.");
  return {
    path: path.map((segment) => decodeURIComponent(segment)),
    query: new URLSearchParams(search),
  };
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false; // `URIError`, the only way to find out.
  }
}
