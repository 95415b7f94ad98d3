import { isDeepStrictEqual } from "node:util";
import type { Row } from "#api/rows/document.ts";
import { isFound } from "../models/model-server.ts";
import type { Shown, Tab } from "../tab/tab.ts";
import { rowNameOf, textIn, textsOf } from "./asked-writes.ts";
import type { OracleContext } from "./context.ts";
import { rowsOf } from "./feed-rows.ts";
import type { VersionedRow } from "./history.ts";

type ShownTasks = Extract<Shown, { panel: "tasks" }>;
type ShownAccounts = Extract<Shown, { panel: "accounts" }>;
type ShownFeed = Extract<Shown, { panel: "activity" }>;

/** Claim "private": what is shown is server truth, and over it this tab's own pending writes. */
export interface Private {
  /** The server had this row at that version. */
  row(panel: string, resource: string, row: VersionedRow): void;
  /** The server had these counts at that revision. */
  counts(account: NonNullable<Extract<Shown, { panel: "details" }>["row"]>, rev: number): void;
  /** The overlay of a feed is made of pending writes, and names their state. */
  overlay(shown: ShownFeed): void;
  tasks(shown: ShownTasks): void;
  accounts(shown: ShownAccounts): void;
}

export function createPrivate({ id }: Tab, { history, fail }: OracleContext): Private {
  return {
    row(panel, resource, row) {
      if (!history.had(resource, row))
        fail(
          "private",
          `${id} shows ${panel}: ${resource}/${row.id}@${row.version}, which the server never had`,
        );
    },
    counts({ id: accountId, pinnedCount, activityCount, lastActivityAt }, rev) {
      const shown = { pinnedCount, activityCount, lastActivityAt };
      if (!isDeepStrictEqual(history.counts(accountId, rev), shown))
        fail("private", `${id} shows counts of ${accountId} that the server never had`);
    },
    overlay(shown) {
      const { rows, outbox } = shown;
      const expected = overlaid(shown);
      const differs =
        expected.size !== rows.length ||
        (outbox.length > 0 && rows.some((row) => !isDeepStrictEqual(row, expected.get(row.id))));
      if (differs)
        fail("private", `${id} lays something else over ${shown.id} than its pending writes`);
    },
    tasks(shown) {
      const expected = overlaidTasks(shown);
      const rows = new Map(shown.rows.map((row) => [row.id, row]));
      if (rows.size < shown.rows.length || !isDeepStrictEqual(rows, expected))
        fail("private", `${id} lays something else over the tasks of ${shown.id}`);
    },
    accounts(shown) {
      const expected = overlaidAccounts(shown);
      const ids = new Set(shown.rows.map((row) => row.id));
      const isAsExpected =
        ids.size === shown.rows.length &&
        shown.rows.every((row) => {
          const texts = expected.get(row.id)?.texts;
          return texts && Object.keys(texts).every((name) => textIn(row, name) === texts[name]);
        });
      // A new account of which the place is not loaded is not shown.
      const isMissing = [...expected].some(([each, { mayLack }]) => !ids.has(each) && !mayLack);
      if (!isAsExpected || isMissing)
        fail("private", `${id} lays something else over the accounts of ${shown.list}`);
    },
  };
}

/** The accounts that server truth and the outbox make, and what edits have made of them. */
function overlaidAccounts({ data, outbox, list }: ShownAccounts) {
  const rows = new Map<string, Row>();
  for (const page of data?.pages ?? []) for (const row of page.rows) rows.set(row.id, row);
  const isWhole = data?.pages.at(-1)?.more !== true;
  const texts = new Map<string, Record<string, string | undefined>>();
  const made = new Set<string>();
  for (const { write, state } of outbox) {
    if (state === "failed" || state === "conflict" || !write.type.endsWith("account")) continue;
    const under = rows.get(write.id);
    if (write.type === "delete account") rows.delete(write.id);
    else if (write.type === "create account" && !under) {
      rows.set(write.id, { ...write.row, lastActivityAt: "" });
      made.add(write.id);
      texts.set(write.id, {});
    } else if (write.type === "edit account" && under) {
      rows.set(write.id, { ...under, ...write.changes });
      texts.set(write.id, { ...texts.get(write.id), ...textsOf(write) });
    } else if (under) texts.set(write.id, { ...texts.get(write.id) });
  }
  const query = new URLSearchParams(list);
  return new Map(
    [...rows]
      .filter(([id, row]) => !texts.has(id) || isFound(row, query))
      .map(([id]) => [id, { texts: texts.get(id) ?? {}, mayLack: made.has(id) && !isWhole }]),
  );
}

/** The tasks that server truth and the outbox make, by id. */
function overlaidTasks({ data, outbox, id: accountId }: ShownTasks): Map<string, object> {
  const rows = new Map<string, object>(data?.map((row) => [row.id, row]));
  for (const { write, state } of outbox) {
    if (state === "failed" || state === "conflict") continue;
    const under = rows.get(write.id);
    if (write.type === "delete task") rows.delete(write.id);
    else if (write.type === "create task" && !under && write.accountId === accountId)
      rows.set(write.id, { ...write.row, version: 0, unconfirmed: state });
    else if (write.type === "edit task" && under) {
      const { done } = write.changes;
      // What is emptied is no day, or nobody.
      const texts = Object.entries(textsOf(write)).map(([name, text]) => [name, text || null]);
      const over = { ...Object.fromEntries(texts), ...(done && { done: done === "true" }) };
      rows.set(write.id, { ...under, ...over, unconfirmed: state });
    }
  }
  return rows;
}

/** The rows that server truth and the outbox make, by id. */
function overlaid({ data, outbox, filter, id: accountId }: ShownFeed): ReadonlyMap<string, object> {
  const truth = data ? rowsOf(data) : [];
  const rows = new Map<string, object>(truth.map((row) => [row.id, row]));
  for (const { write, state } of outbox) {
    if (state === "failed" || state === "conflict" || write.type === "edit account") continue;
    if (!rowNameOf(write).startsWith("activities/")) continue;
    const under = rows.get(write.id);
    if (write.type === "delete note") rows.delete(write.id);
    else if (write.type === "create note") {
      if (!under && write.accountId === accountId)
        rows.set(write.id, { ...write.row, version: 0, unconfirmed: state });
    } else if (under) {
      const over = write.type === "pin" ? { pinned: write.pinned } : textsOf(write);
      rows.set(write.id, { ...under, ...over, unconfirmed: state });
    }
  }
  if (filter === null) return rows;
  const query = new URLSearchParams(filter);
  const passes = ({ unconfirmed, ...row }: Row) => unconfirmed === undefined || isFound(row, query);
  return new Map([...rows].filter(([, row]) => passes(row as Row)));
}
