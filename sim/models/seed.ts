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
  const collection = (rows: readonly Row[]) => ({
    kind: "collection" as const,
    leftOut: [],
    entries: new Map(rows.map((row): [string, Entry] => [String(row.id), { row, version }])),
  });
  return new Map([
    ["users", collection(users)],
    ["accounts", collection(accounts)],
    ["activities", collection(activities)],
  ]);
}

/** The instant of a minute of the feed. Rows stand at even minutes, so that others fit between them. */
export function instant(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
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
