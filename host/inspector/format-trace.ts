/** `14:03:07.042`, local time. */
export function formatClock(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** A query key in JSON without brackets and quotes: `activities · list · accountId acc-01`. */
export function formatQuery(target: string): string {
  if (target === "catch-up") return "/changes";
  try {
    const key: unknown = JSON.parse(target);
    return Array.isArray(key) ? key.flatMap(formatPart).join(" · ") : target;
  } catch {
    // Not JSON, and so no query key.
    return target;
  }
}

function formatPart(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [String(part)];
  return Object.entries(part).map(([name, value]) =>
    typeof value === "string" ? `${name} ${value}` : `${name} ${JSON.stringify(value)}`,
  );
}

/** A cause with the titles of its tabs: "by Tab A" for `by Tab-A_0f3c91d2`. */
export function formatCause(cause: string): string {
  return cause.replaceAll(/\b([\w-]+)_[0-9a-f]{8}\b/g, (_, name: string) =>
    name.replaceAll("-", " "),
  );
}
