/**
 * What a server calls one state of a resource: its entity tag, or the time of its last change (RFC 9110, 8.8). A
 * weak tag has its `W/`.
 */
export interface Validator {
  readonly etag?: string;
  readonly modified?: string;
}

/**
 * The validators of a response (`ETag`, `Last-Modified`); null where it names none. A time counts only where `Date` is a
 * second or more later: within that second there may be another change, which would have the same time (RFC 9110, 8.8.2.2).
 */
export function validatorOf({ headers }: Pick<Response, "headers">): Validator | null {
  const etag = headers.get("ETag");
  const modified = headers.get("Last-Modified");
  const age = Date.parse(headers.get("Date") ?? "") - Date.parse(modified ?? "");
  const isSettled = modified !== null && age >= 1000;
  if (etag === null && !isSettled) return null;
  return { ...(etag !== null && { etag }), ...(isSettled && { modified }) };
}

/** The header of a read that needs no answer where nothing has changed since. */
export function unlessSame(validator: Validator | null | undefined): Record<string, string> {
  if (validator?.etag !== undefined) return { "If-None-Match": validator.etag };
  return validator?.modified === undefined ? {} : { "If-Modified-Since": validator.modified };
}

/**
 * The header of a write that the server refuses (412) where something has changed since. Null where nothing can say so:
 * a weak tag is never the same to `If-Match` (RFC 9110, 13.1.1).
 */
export function onlyIfSame(validator: Validator | null | undefined): Record<string, string> | null {
  const { etag, modified } = validator ?? {};
  if (etag !== undefined && !isWeak(etag)) return { "If-Match": etag };
  return modified === undefined ? null : { "If-Unmodified-Since": modified };
}

/** Whether two validators name the same state; undefined where they cannot be compared. */
export function isSameState(a: Validator | null, b: Validator | null): boolean | undefined {
  if (a?.etag !== undefined && b?.etag !== undefined) return opaque(a.etag) === opaque(b.etag);
  if (a?.modified !== undefined && b?.modified !== undefined) return a.modified === b.modified;
  return undefined;
}

function isWeak(etag: string): boolean {
  return etag.startsWith("W/");
}

function opaque(etag: string): string {
  return isWeak(etag) ? etag.slice(2) : etag;
}
