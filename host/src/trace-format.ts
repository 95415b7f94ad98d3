/** `14:03:07.042`, local time. */
export function clockTime(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** A query key that came as JSON, without its brackets and quotes: `activities · list · accountId acc-01`. */
export function queryWords(target: string): string {
  if (target === "catch-up") return "/changes";
  try {
    const key: unknown = JSON.parse(target);
    return Array.isArray(key) ? key.flatMap(partWords).join(" · ") : target;
  } catch {
    // No query key, and no JSON.
    return target;
  }
}

function partWords(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [String(part)];
  return Object.entries(part).map(([name, value]) =>
    typeof value === "string" ? `${name} ${value}` : `${name} ${JSON.stringify(value)}`,
  );
}

/** A cause with its tabs as people call them: "by Tab A" for `by Tab-A_0f3c91d2`. */
export function causeWords(cause: string): string {
  return cause.replaceAll(/\b([\w-]+)_[0-9a-f]{8}\b/g, (_, name: string) =>
    name.replaceAll("-", " "),
  );
}
