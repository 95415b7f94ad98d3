import { isDeepStrictEqual } from "node:util";
import type { Query } from "@tanstack/react-query";
import * as z from "zod/mini";
import { createOverview } from "#api/rows/overview.ts";
import {
  accountDetailsSchema,
  activitySchema,
  type Task,
  taskSchema,
  userSchema,
} from "#contract/rows.ts";
import type { AccountPages } from "#data/queries/account-pages.ts";
import type { ActivityPages } from "#data/queries/pages.ts";
import { formatRevision } from "#sync/http";
import type { Tab } from "../tab/tab.ts";
import { hashOf, type OracleContext } from "./context.ts";
import { rowsOf } from "./feed-rows.ts";
import type { VersionedRow } from "./history.ts";

/** Claims "converged" and "more": a query equals a fresh read of the server. */
export function createConverged({ server, fail }: OracleContext) {
  // The server answers the same until its next commit, and a query's state is replaced when it changes: what
  // was compared once is not compared again.
  let reads = { at: "", answers: new Map<string, unknown>() };
  const comparedAt = new WeakMap<object, string>();

  function read<T>(path: string, schema: z.ZodMiniType<T>): T | undefined {
    const at = formatRevision(server());
    if (reads.at !== at) reads = { at, answers: new Map() };
    if (!reads.answers.has(path)) {
      const { status, text } = server().read(path);
      reads.answers.set(path, status === 200 ? schema.parse(JSON.parse(text)) : undefined);
    }
    return reads.answers.get(path) as T | undefined;
  }

  function checkFeed(name: string, query: string, data: ActivityPages | undefined) {
    const truth = read(`/activities?${query}`, z.array(activitySchema)) ?? [];
    if (!data) return fail("converged", `${name} has nothing`);
    const rows = rowsOf(data);
    const first = truth.slice(0, rows.length);
    if (!isDeepStrictEqual(rows, first)) fail("converged", `${name} ${difference(rows, first)}`);
    if (rows.length === 0 && truth.length > 0) fail("converged", `${name} is stranded`);
    const more = data.pages.at(-1)?.more;
    // A page does not learn of deletions beyond it: "Load more" may be offered in vain, not withheld.
    if (!more && truth.length > rows.length)
      fail("more", `${name} says ${more}, ${rows.length} of ${truth.length}`);
  }

  function checkAccounts(name: string, list: string, data: AccountPages | undefined) {
    const truth = read(`/accounts?${list}`, z.array(accountDetailsSchema)) ?? [];
    if (!data) return fail("converged", `${name} has nothing`);
    const rows = data.pages.flatMap((page) => page.rows);
    const first = truth.slice(0, rows.length);
    const values = (of: readonly (VersionedRow & { lastActivityAt?: string })[]) =>
      of.map(({ id, version, lastActivityAt }) =>
        list.includes("_sort=lastActivityAt") ? [id, version, lastActivityAt] : [id, version],
      );
    if (!isDeepStrictEqual(values(rows), values(first)))
      fail(
        "converged",
        `${name} ${difference(rows, first)}: ${values(rows)}, not ${values(first)}`,
      );
    const more = Boolean(data.pages.at(-1)?.more);
    if (more !== truth.length > rows.length)
      fail("more", `${name} says ${more}, ${rows.length} of ${truth.length}`);
    const total = more ? data.pages.at(-1)?.total : rows.length;
    if (total !== truth.length) fail("more", `${name} counts ${total} of ${truth.length}`);
  }

  return {
    check(tab: Tab, { queryKey, state }: Query, when: string) {
      const at = formatRevision(server());
      if (comparedAt.get(state) === at) return;
      comparedAt.set(state, at);
      const [kind, id] = queryKey;
      const name = `${when}: ${tab.id} ${hashOf(queryKey)}`;
      const bad = (text: string) => fail("converged", `${name} ${text}`);
      const { data } = state as { data: Record<string, unknown> | undefined };
      const isKnownGone =
        kind === "account" &&
        state.status === "error" &&
        server().read(`/accounts/${id}`).status === 404;
      if (isKnownGone) return;
      if (state.fetchStatus !== "idle") bad(`is ${state.fetchStatus}`);
      if (kind === "activity") {
        checkFeed(name, `accountId=${id}`, data as ActivityPages | undefined);
      } else if (kind === "filtered activity") {
        checkFeed(name, String(id), data as ActivityPages | undefined);
      } else if (kind === "account list") {
        checkAccounts(name, String(id), data as AccountPages | undefined);
      } else if (kind === "account") {
        const truth = read(`/accounts/${id}`, accountDetailsSchema);
        if (!isDeepStrictEqual(data?.row, truth))
          bad(`is ${JSON.stringify(data?.row)}, not ${JSON.stringify(truth)}`);
      } else if (kind === "overview") {
        const asked = new URLSearchParams(String(id));
        // Counted anew: the server keeps its numbers change by change.
        const truth = createOverview(server().document).read(
          asked.get("owner"),
          String(asked.get("today")),
        );
        if (!isDeepStrictEqual(data?.value, truth))
          bad(`is ${JSON.stringify(data?.value)}, not ${JSON.stringify(truth)}`);
      } else if (kind === "tasks") {
        const truth = read(`/tasks?accountId=${id}`, z.array(taskSchema)) ?? [];
        const shown = (data?.rows ?? []) as Task[];
        const sorted = truth.toSorted(byPlace);
        if (!isDeepStrictEqual(shown, sorted)) bad(difference(shown, sorted));
      } else if (kind === "due tasks") {
        const truth = (read(`/tasks?${id}`, z.array(taskSchema)) ?? []).toSorted(byDue);
        const shown = (data?.rows ?? []) as Task[];
        const expected = truth.slice(0, shown.length);
        if (!isDeepStrictEqual(shown, expected)) bad(difference(shown, expected));
        if (data?.more !== truth.length > shown.length) bad(`says ${data?.more} of more`);
      } else {
        const truth = read(`/${kind}`, z.array(userSchema));
        if (!isDeepStrictEqual(data?.rows, truth))
          bad(difference((data?.rows ?? []) as VersionedRow[], truth ?? []));
      }
      if (state.isInvalidated) bad("is still marked stale");
    },
  };
}

const byPlace = (a: Task, b: Task) => (placeOf(a) < placeOf(b) ? -1 : 1);

/** As the server sorts: what has no time comes last in its day. */
const byDue = (a: Task, b: Task) => {
  const [one, other] = [a, b].map((task) => `${task.dueDate} ${task.createdAt ?? "~"} ${task.id}`);
  return String(one) < String(other) ? -1 : 1;
};

/** By day, those without one last; then by the time at which they were made. */
function placeOf({ id, dueDate, createdAt }: Task): string {
  return JSON.stringify([dueDate ?? "9999", createdAt ?? "", id]);
}

function difference(shown: readonly VersionedRow[], truth: readonly VersionedRow[]): string {
  const names = (rows: readonly VersionedRow[]) =>
    rows.map(({ id, version }) => `${id}@${version}`);
  const [a, b] = [names(shown), names(truth)];
  const at = a.findIndex((name, index) => name !== b[index]);
  return `shows ${a.length} rows, the server has ${b.length}; first at ${at}: ${a[at]}, not ${b[at]}`;
}
