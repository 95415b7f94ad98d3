import type { Document, Entry, Row } from "#api/rows/document.ts";

export const accountIds = ["a", "b"] as const;
/** Accounts without activities, which lists show and tabs do not open. */
export const otherAccountIds = ["c", "d", "e", "f"] as const;

/** Accounts of which one has a feed of three pages, and one hardly two. Some rows share their instant. */
export function seedDocument(version: number): Document {
  const users = [{ id: "u", name: "Uma" }];
  const accounts = [...accountIds, ...otherAccountIds].map((id, at) => ({
    id,
    name: `Account ${id}`,
    ownerId: "u",
    plan: "Growth",
    status: at % 2 ? "trial" : "active",
    notes: "",
    mrr: at % 3,
  }));
  const activities = [...rowsOf("a", 24), ...rowsOf("b", 12)];
  const tasks = [
    { id: "t0", accountId: "a", title: "Task 0", dueDate: "2026-01-02", done: false },
    { id: "t1", accountId: "a", title: "Task 1", dueDate: null, done: true },
    { id: "t2", accountId: "b", title: "Task 2", dueDate: "2026-01-01", done: false },
  ];
  const collection = (rows: readonly Row[]) => ({
    kind: "collection" as const,
    leftOut: [],
    entries: new Map(rows.map((row): [string, Entry] => [String(row.id), { row, version }])),
  });
  return new Map([
    ["users", collection(users)],
    ["accounts", collection(accounts)],
    ["activities", collection(activities)],
    ["tasks", collection(tasks)],
  ]);
}

/** The instant of a minute of the feed. Rows stand at even minutes, so that others fit between them. */
export function instant(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
}

/** The day that is so many days after the end of 2026. Before it are those that are written from outside. */
export function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 11, 31 + days)).toISOString().slice(0, 10);
}

/** Today in overviews: of the week, and of the renewals and tasks, that the seed and the writes are of. */
export const today = "2026-01-01";

/** Its week begins with this day. All of the seed is in it. */
export const monday = "2025-12-29";

/** A day on which tasks are due; null for none. */
export function dayOf(day: number): string | null {
  return day === 0 ? null : `2026-01-0${day}`;
}

function rowsOf(accountId: string, count: number): Row[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${accountId}${at}`,
    accountId,
    kind: "note",
    title: `Note ${at}`,
    // Five rows share one instant: the end of the first page falls among them.
    at: instant(at >= count - 13 && at <= count - 9 ? (count - 13) * 2 : at * 2),
    pinned: at % 5 === 0,
  }));
}
