import { isDeepStrictEqual } from "node:util";
import type { Query } from "@tanstack/react-query";
import type { Activity } from "#contract/rows.ts";
import type { Revision } from "#sync";
import type { Shown, Tab } from "../tab/tab.ts";
import { createRequestLimits } from "./bounded.ts";
import { hashOf, type OracleContext } from "./context.ts";
import { isStranded, rowsOf } from "./feed-rows.ts";
import type { VersionedRow } from "./history.ts";
import { createInTurn } from "./in-turn.ts";
import { createLogPosition } from "./log-position.ts";
import { createMonotonic, feedPanel } from "./monotonic.ts";
import { checkOnce, checkOnceListed } from "./once.ts";
import type { OutOfView } from "./out-of-view.ts";
import { createPrivate } from "./private.ts";
import { readAgainBy } from "./reads.ts";
import { createSelective } from "./selective.ts";
import { queryKeyOf } from "./touches.ts";

type ShownIn<Panel extends Shown["panel"]> = Extract<Shown, { panel: Panel }>;

/** Watches one session of one tab, from its opening to its end, for the claims that hold within it. */
export type SessionWatch = ReturnType<typeof createSessionWatch>;

export function createSessionWatch(tab: Tab, outOfView: OutOfView, context: OracleContext) {
  const { clock, fail } = context;
  const { queryClient } = tab.open;
  const position = createLogPosition(tab, context);
  const limits = createRequestLimits(context);
  const selective = createSelective(tab, position, context);
  const monotonic = createMonotonic(tab, context);
  const isPrivate = createPrivate(tab, context);
  const inTurn = createInTurn(tab, context);
  /** Queries that were persisted as stale: each may be read once. */
  const persistedStale = new Set(
    queryClient
      .getQueryCache()
      .getAll()
      .filter(({ state }) => state.isInvalidated)
      .map(({ queryHash }) => queryHash),
  );
  /** Queries of which a read waits for a network: it goes on when there is one again. */
  const paused = new Set<string>();
  let answeredAt = 0;
  let hasWritten = false;

  function checkRow(panel: string, resource: string, row: VersionedRow) {
    monotonic.row(panel, resource, row);
    isPrivate.row(panel, resource, row);
  }

  function checkFeed(shown: ShownIn<"activity">) {
    const { data } = shown;
    const id = shown.filter ?? shown.id;
    const asOf = data?.pages[0]?.asOf;
    if (data && position.covers(asOf)) {
      const rows = rowsOf(data);
      checkOnce(tab.id, id, rows, fail);
      if (!isStranded(data)) for (const row of rows) checkRow(feedPanel(id), "activities", row);
      // From a filtered feed a row is gone that does not pass any more, deleted or not.
      if (shown.filter === null) monotonic.feed(id, rows);
      isPrivate.overlay(shown);
    }
    monotonic.asOf(`activity/${id}`, asOf?.rev);
  }

  function checkWeek({ filter, data }: ShownIn<"week">) {
    const asOf = data?.pages[0]?.asOf;
    if (data && position.covers(asOf)) {
      const rows = rowsOf(data);
      checkOnce(tab.id, filter, rows, fail);
      if (!isStranded(data)) for (const row of rows) checkRow("week", "activities", row);
    }
    monotonic.asOf(`activity/${filter}`, asOf?.rev);
  }

  function checkDetails({ id, row }: ShownIn<"details">) {
    const data = queryClient.getQueryData<{ row: unknown; asOf: Revision; countsAt?: number }>([
      "account",
      id,
    ]);
    if (!row || !data || !position.covers(data.asOf)) return;
    checkRow("details", "accounts", row);
    // Of another answer than what is shown.
    if (!isDeepStrictEqual(data.row, row)) return;
    monotonic.asOf(`account/${id}`, data.asOf.rev);
    isPrivate.counts(row, Math.max(data.asOf.rev, data.countsAt ?? 0));
  }

  function checkUsers({ rows }: ShownIn<"users">) {
    const list = queryClient.getQueryData<{ asOf: Revision }>(["users"]);
    if (position.covers(list?.asOf)) for (const row of rows ?? []) checkRow("users", "users", row);
  }

  function checkAccounts(shown: ShownIn<"accounts">) {
    const { list, data } = shown;
    const asOf = data?.pages[0]?.asOf;
    if (!data || !position.covers(asOf)) return;
    const rows = data.pages.flatMap((page) => page.rows);
    checkOnceListed(tab.id, list, rows, fail);
    for (const row of rows) checkRow(`accounts ${list}`, "accounts", row);
    monotonic.asOf(`accounts/${list}`, asOf?.rev);
    isPrivate.accounts(shown);
  }

  function checkOverview({ id }: ShownIn<"overview">) {
    const kept = queryClient.getQueryData<{ asOf: Revision }>(["overview", id]);
    if (position.covers(kept?.asOf)) monotonic.asOf(`overview/${id}`, kept.asOf.rev);
  }

  function checkDueTasks({ id, rows = [] }: ShownIn<"due tasks">) {
    const kept = queryClient.getQueryData<{ asOf: Revision }>(["due tasks", id]);
    if (!position.covers(kept?.asOf)) return;
    for (const row of rows) checkRow("due tasks", "tasks", row);
    monotonic.asOf(`due tasks/${id}`, kept.asOf.rev);
  }

  function checkTasks(shown: ShownIn<"tasks">) {
    const { id, data } = shown;
    const list = queryClient.getQueryData<{ asOf: Revision }>(["tasks", id]);
    if (!data || !list || !position.covers(list.asOf)) return;
    for (const row of data) checkRow(`tasks ${id}`, "tasks", row);
    monotonic.asOf(`tasks/${id}`, list.asOf.rev);
    isPrivate.tasks(shown);
  }

  return {
    tab,
    follow: position.follow,
    moved: selective.moved,
    /** Returns what is called when the request is over. */
    askedForChanges(): () => void {
      outOfView.askedForChanges(tab.page);
      const end = limits.begin("changes", `${tab.id} asked for changes`);
      limits.count("changes", `${tab.id} asked for changes`);
      return end;
    },
    /** Returns what is called when the request is over. */
    askedForRows(path: string): () => void {
      const end = limits.begin(hashOf(queryKeyOf(path)), `${tab.id} ${path}`);
      const read = readAgainBy(tab, path);
      if (!read) return end;
      const { hash } = read;
      limits.count(hash, `${tab.id} read ${hash}`);
      if (paused.delete(hash) || persistedStale.delete(hash)) return end;
      outOfView.readAgain(tab.page, hash);
      selective.read(read);
      return end;
    },
    answered() {
      answeredAt = clock.now();
    },
    shown(shown: Shown) {
      if (shown.panel === "activity") checkFeed(shown);
      else if (shown.panel === "week") checkWeek(shown);
      else if (shown.panel === "details") checkDetails(shown);
      else if (shown.panel === "accounts") checkAccounts(shown);
      else if (shown.panel === "tasks") checkTasks(shown);
      else if (shown.panel === "due tasks") checkDueTasks(shown);
      else if (shown.panel === "overview") checkOverview(shown);
      else checkUsers(shown);
    },
    cached(query: Query, cause: string) {
      if (cause === "pause") paused.add(query.queryHash);
      // An answer renders when it lands, and what it brings may be patched at once.
      outOfView.cached(tab, query, cause, answeredAt === clock.now() || hasWritten);
    },
    wrote() {
      hasWritten = true;
    },
    pinned(click: number, row: Activity) {
      inTurn.confirmed(click, row);
      monotonic.confirmed(row);
    },
  };
}
