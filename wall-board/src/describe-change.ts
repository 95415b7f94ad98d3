import type { Change } from "tandem-sync";

export interface ChangeText {
  /** What happened: "Note added". */
  readonly what: string;
  /** What it happened to; "" where the row says nothing. */
  readonly title: string;
  readonly tone: Tone;
}

export type Tone = Change["op"] | "old";

const nouns: Readonly<Partial<Record<string, string>>> = {
  accounts: "Account",
  activities: "Activity",
  tasks: "Task",
  users: "Person",
};
const verbs = { create: "added", update: "changed", delete: "deleted" } as const;

/** A change in words; one of before the board was opened (`isOld`) says what it was made to, and not what was made. No row is trusted: what is no text is not shown. */
export function describeChange(change: Change, isOld: boolean): ChangeText {
  const { resource, op, row = {} } = change;
  const kind = resource === "activities" ? textOf(row.kind) : "";
  const noun = capital(kind) || nouns[resource] || capital(resource);
  // An account is named already.
  const title = resource === "accounts" ? "" : textOf(row.title) || textOf(row.name);
  return isOld
    ? { what: noun, title, tone: "old" }
    : { what: `${noun} ${verbOf(change)}`, title, tone: op };
}

/** A change names the new row only; what moved with it tells a pin from an edit. */
function verbOf({ resource, op, row, derived }: Change): string {
  if (op !== "update" || !row) return verbs[op];
  const moved = Object.values(derived ?? {}).flatMap(Object.keys);
  if (resource === "activities" && moved.includes("pinnedCount"))
    return row.pinned === true ? "pinned" : "unpinned";
  if (resource === "tasks" && row.done === true) return "done";
  return verbs[op];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
