import { createHash } from "node:crypto";

/** Whether an `If-Match` or `If-None-Match` names the ETag. Weak tags are taken too: proxies that compress make ours weak. */
export function namesEtag(header: string, etag: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}

/** JSON as the API writes it on the wire. */
export function jsonOf(body: unknown): string {
  return JSON.stringify(body, null, 2);
}

/** The strong ETag (RFC 9110) of an answer. For `GET /accounts/:id` it covers the derived counts too. */
export function etagOf(body: unknown): string {
  return `"${createHash("sha1").update(jsonOf(body)).digest("base64url")}"`;
}
