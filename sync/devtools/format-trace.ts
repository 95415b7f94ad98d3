/** `14:03:07.042`, local time. */
export function formatClock(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}

/** `12 ms`, `1.4 s`, `3 min`. */
export function formatSpan(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000
    ? `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
    : `${Math.round(ms / 60_000)} min`;
}

/** Of the JSON of what a query holds: `840 B`, `12.4 KB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} KB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
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

const verbs = { create: "created", update: "changed", delete: "deleted" } as const;

/** `activities/act-1 changed`. */
export function formatChange(change: {
  readonly op: keyof typeof verbs;
  readonly resource: string;
  readonly id: string;
}): string {
  return `${change.resource}/${change.id} ${verbs[change.op]}`;
}

/** A query hash: the same text for two keys whose fields are in another order. */
export function hashTarget(target: string): string {
  try {
    return JSON.stringify(JSON.parse(target), (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  } catch {
    // `catch-up`, or the hash of an app's own making.
    return target;
  }
}
