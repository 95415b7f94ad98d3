import { activityWeeks, type Overview, renewalDays } from "#contract/overview.ts";
import { type Document, entriesOf, type Row } from "./document.ts";
import { toUtc } from "./time.ts";

/** Numbers over all rows, kept by adjusting them row by row: a commit costs what it changes, a read the days and weeks asked for. */
export interface KeptOverview {
  adjust(resource: string, before: Row | undefined, after: Row | undefined): void;
  /** `today` as `2026-11-27`. */
  read(ownerId: string | null, today: string): Overview;
}

export const overviewResources = ["accounts", "activities", "tasks"] as const;

const dayMs = 86_400_000;

/** Counts by a name; what falls to nothing is forgotten. */
type Tally = Map<string, number>;

function add(tally: Tally, name: string, by: number): void {
  const next = (tally.get(name) ?? 0) + by;
  if (next === 0) tally.delete(name);
  else tally.set(name, next);
}

/** What a row adds to, as tallies and names; the same text for two rows that count the same. */
function countsOf(
  resource: string,
  row: Row | undefined,
): readonly (readonly [string, string, number])[] {
  if (!row) return [];
  switch (resource) {
    case "accounts": {
      const plan = String(row.plan);
      const cents = typeof row.mrr === "number" ? Math.round(row.mrr * 100) : 0;
      return [
        ["owner", String(row.ownerId ?? ""), 1],
        ["status", String(row.status), 1],
        ["plan", plan, 1],
        ["mrr", plan, cents],
        ...(typeof row.renewalDate === "string" ? [["renewal", row.renewalDate, 1] as const] : []),
      ];
    }
    case "activities": {
      const at = toUtc(String(row.at));
      return at === null ? [] : [["week", mondayOf(at.slice(0, 10)), 1]];
    }
    case "tasks":
      if (row.done === true || typeof row.dueDate !== "string") return [];
      return [
        ["due", row.dueDate, 1],
        [`due ${String(row.assigneeId ?? "")}`, row.dueDate, 1],
      ];
    default:
      return [];
  }
}

/** Whether a number differs after a row was replaced. */
export function movesOverview(
  resource: string,
  before: Row | undefined,
  after: Row | undefined,
): boolean {
  return JSON.stringify(countsOf(resource, before)) !== JSON.stringify(countsOf(resource, after));
}

export function createOverview(document: Document): KeptOverview {
  const tallies = new Map<string, Tally>();

  function count(resource: string, row: Row | undefined, sign: 1 | -1): void {
    for (const [kind, name, by] of countsOf(resource, row)) {
      const tally = tallies.get(kind) ?? new Map();
      tallies.set(kind, tally);
      add(tally, name, sign * by);
      if (tally.size === 0) tallies.delete(kind);
    }
  }

  const of = (kind: string): ReadonlyMap<string, number> => tallies.get(kind) ?? new Map();
  const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, each) => all + each, 0);

  for (const resource of overviewResources)
    for (const { row } of entriesOf(document, resource).values()) count(resource, row, 1);

  return {
    adjust(resource, before, after) {
      count(resource, before, -1);
      count(resource, after, 1);
    },
    read(ownerId, today) {
      const days = Array.from({ length: renewalDays + 1 }, (_, at) => later(today, at));
      const monday = mondayOf(today);
      const weeks = Array.from({ length: activityWeeks }, (_, at) =>
        later(monday, 7 * (at + 1 - activityWeeks)),
      );
      const due = of(ownerId === null ? "due" : `due ${ownerId}`);
      return {
        accounts: sum(of("plan").values()),
        mine: ownerId === null ? null : (of("owner").get(ownerId) ?? 0),
        atRisk: of("status").get("at risk") ?? 0,
        renewals: sum(days.map((day) => of("renewal").get(day) ?? 0)),
        plans: [...of("plan")]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([plan, accounts]) => ({ plan, accounts, mrr: (of("mrr").get(plan) ?? 0) / 100 })),
        weeks: weeks.map((from) => ({ from, activities: of("week").get(from) ?? 0 })),
        tasks: {
          overdue: sum([...due].filter(([day]) => day < today).map(([, open]) => open)),
          today: due.get(today) ?? 0,
        },
      };
    },
  };
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

const mondays = new Map<string, string>();

/** The Monday of a day's week: 1970-01-01 was a Thursday. */
function mondayOf(day: string): string {
  const known = mondays.get(day);
  if (known !== undefined) return known;
  // Activities have few days; a file may have any.
  if (mondays.size > 10_000) mondays.clear();
  const number = Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs);
  const monday = later(day, -((((number + 3) % 7) + 7) % 7));
  mondays.set(day, monday);
  return monday;
}
