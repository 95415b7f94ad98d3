import { createHash } from "node:crypto";

/** Whether an `If-Match` or `If-None-Match` header names the ETag. Weak tags match too: proxies that compress weaken ours. */
export function namesEtag(header: string, etag: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

/** The version of a row as `If-Match` may name it beside its ETag: a client that has a row has no need to keep its ETag. */
export function versionTagOf(version: number): string {
  return `"version-${version}"`;
}

/** JSON as responses carry it. */
export function jsonOf(body: unknown): string {
  return JSON.stringify(body, null, 2);
}

/** The strong ETag (RFC 9110) of a response body. That of an account covers its derived counts. */
export function etagOf(body: unknown): string {
  return `"${createHash("sha1").update(jsonOf(body)).digest("base64url")}"`;
}
