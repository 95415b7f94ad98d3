export const maxDepth = 32;

const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);

interface Unsafe {
  field: string;
  reason: string;
}

/**
 * Finds what makes a parsed JSON value unsafe to store, or returns `null`: nesting deeper than
 * `maxDepth` (deep enough, it overflows the stack of every later `JSON.stringify`) and keys that name
 * a prototype. `field` is a JSON Pointer (RFC 6901).
 */
export function findUnsafe(
  value: unknown,
  forbidden: ReadonlySet<string> = prototypeKeys,
): Unsafe | null {
  return findWithin(value, forbidden, 0);
}

/** Places are put together only for what is found: a data file has a million values. */
function findWithin(value: unknown, forbidden: ReadonlySet<string>, depth: number): Unsafe | null {
  if (typeof value !== "object" || value === null) return null;
  if (depth >= maxDepth) {
    return { field: "", reason: `nested more than ${maxDepth} levels deep` };
  }
  for (const key of Object.keys(value)) {
    const found = forbidden.has(key)
      ? { field: "", reason: `"${key}" cannot be a field name` }
      : findWithin((value as Record<string, unknown>)[key], forbidden, depth + 1);
    if (!found) continue;
    const name = key.replaceAll("~", "~0").replaceAll("/", "~1");
    return { ...found, field: `/${name}${found.field}` };
  }
  return null;
}
