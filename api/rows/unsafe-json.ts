export const maxDepth = 32;

const prototypeKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Finds what makes a parsed JSON value unsafe to store, or returns `null`: nesting deeper than
 * `maxDepth` (deep enough, it overflows the stack of every later `JSON.stringify`) and keys that name
 * a prototype. `field` is a JSON Pointer (RFC 6901).
 */
export function findUnsafe(
  value: unknown,
  forbidden: ReadonlySet<string> = prototypeKeys,
): { field: string; reason: string } | null {
  const open: { value: unknown; path: string; depth: number }[] = [{ value, path: "", depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= maxDepth) {
      return { field: next.path, reason: `nested more than ${maxDepth} levels deep` };
    }
    for (const [key, child] of Object.entries(next.value)) {
      const path = `${next.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (forbidden.has(key)) return { field: path, reason: `"${key}" cannot be a field name` };
      open.push({ value: child, path, depth: next.depth + 1 });
    }
  }
  return null;
}
