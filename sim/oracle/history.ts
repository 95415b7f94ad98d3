import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import { entriesOf, type Row } from "#api/rows/document.ts";
import {
  type AccountDetails,
  accountDetailsSchema,
  accountSchema,
  activitySchema,
  taskSchema,
  userSchema,
} from "#contract/rows.ts";
import type { Change } from "#sync";
import type { ModelServer } from "../models/model-server.ts";

export interface VersionedRow {
  readonly id: string;
  readonly version: number;
}

/** What the server derives of an account. */
type Counts = Required<Pick<AccountDetails, "pinnedCount" | "activityCount" | "lastActivityAt">>;

/** A change, and when it was accepted. */
export interface Dated {
  readonly change: Change;
  readonly at: number;
}

/** Every row and count that the server ever had, and every change: what a tab shows must be among them. */
export interface History {
  record(server: ModelServer, changes: readonly Change[], at: number): void;
  /** Whether the server had this row, with this content, at the version that it names. */
  had(resource: string, row: VersionedRow): boolean;
  counts(accountId: string, rev: number): Counts | undefined;
  /** Whether the server has started at a revision later than `rev`. */
  startedAfter(rev: number): boolean;
  /** Changes later than `rev`. */
  since(rev: number): readonly Dated[];
  /**
   * The revision of the first deletion of the row after `rev`. Undefined where there was none, or where the
   * row was moved in time before it, perhaps out of the pages that a tab has loaded.
   */
  deletedAfter(resource: string, id: string, rev: number): number | undefined;
}

const schemas: Readonly<Record<string, z.ZodMiniType<VersionedRow>>> = {
  // What lists show as well.
  accounts: z.extend(
    accountSchema,
    z.pick(accountDetailsSchema, { mrr: true, renewalDate: true }).shape,
  ),
  activities: activitySchema,
  tasks: taskSchema,
  users: userSchema,
};

const none: Counts = { pinnedCount: 0, activityCount: 0, lastActivityAt: "" };

export function createHistory(): History {
  const rows = new Map<string, Row>();
  const counts = new Map<number, ReadonlyMap<string, Counts>>();
  /** The activities after the last change, by id. */
  const activities = new Map<string, Row>();
  const deletions = new Map<string, number[]>();
  const changes: Dated[] = [];
  /** Where the server stood each time that it started. */
  const starts: number[] = [];
  const known = new WeakSet<object>();

  function remember(resource: string, id: string, version: number, row: Row) {
    const parsed = schemas[resource]?.safeParse({
      ...row,
      version,
      ...none,
    }).data;
    if (parsed) rows.set(`${resource}/${id}@${version}`, parsed as unknown as Row);
  }

  /** Counts anew, after each single change of a commit: so are those that it carries. */
  function count(rev: number) {
    const of = new Map<string, Counts>();
    for (const { accountId, pinned, at } of activities.values()) {
      const { pinnedCount, activityCount, lastActivityAt } = of.get(String(accountId)) ?? none;
      of.set(String(accountId), {
        pinnedCount: pinnedCount + (pinned === true ? 1 : 0),
        activityCount: activityCount + 1,
        lastActivityAt: String(at) > lastActivityAt ? String(at) : lastActivityAt,
      });
    }
    counts.set(rev, of);
  }

  return {
    record(server, news, at) {
      const { document } = server;
      if (news.length === 0) {
        starts.push(server.rev);
        activities.clear();
        for (const [id, { row }] of entriesOf(document, "activities")) activities.set(id, row);
        count(server.rev);
      }
      if (news.length === 0)
        for (const resource of Object.keys(schemas))
          for (const [id, { row, version }] of entriesOf(document, resource))
            remember(resource, id, version, row);
      for (const change of news) {
        const { resource, id, rev } = change;
        changes.push({ change, at });
        const key = `${resource}/${id}`;
        if (change.op === "delete") deletions.set(key, [...(deletions.get(key) ?? []), rev]);
        const row = change.row ?? entriesOf(document, resource).get(id)?.row;
        if (row && change.op !== "delete") remember(resource, id, rev, row);
        if (resource === "activities" && row && change.op !== "delete") activities.set(id, row);
        else if (resource === "activities") activities.delete(id);
        count(rev);
      }
    },
    had(resource, row) {
      if (known.has(row)) return true;
      const was = rows.get(`${resource}/${row.id}@${row.version}`);
      if (!was) return false;
      const same = Object.keys(was).every((key) =>
        isDeepStrictEqual(was[key], (row as unknown as Row)[key]),
      );
      if (same) known.add(row);
      return same;
    },
    counts: (accountId, rev) => counts.get(rev) && (counts.get(rev)?.get(accountId) ?? none),
    startedAfter: (rev) => starts.some((start) => start > rev),
    since(rev) {
      let first = changes.length;
      while (first > 0 && (changes[first - 1]?.change.rev ?? 0) > rev) first--;
      return changes.slice(first);
    },
    deletedAfter(resource, id, rev) {
      const key = `${resource}/${id}`;
      const deleted = deletions.get(key)?.find((each) => each > rev) ?? rev;
      const instants = new Set<unknown>();
      for (let version = rev; version < deleted; version++) {
        const row = rows.get(`${key}@${version}`);
        if (row) instants.add(row.at);
      }
      return deleted > rev && instants.size < 2 ? deleted : undefined;
    },
  };
}
