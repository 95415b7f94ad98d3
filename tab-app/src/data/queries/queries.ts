import { accountQuery } from "./account.ts";
import { accountListQuery } from "./account-list.ts";
import { activityQuery, filteredActivityQuery } from "./activity.ts";
import { activitySearchQuery } from "./activity-search.ts";
import type { QueryKind } from "./define-query.ts";
import { dueTasksQuery } from "./due-tasks.ts";
import { historyQuery } from "./history.ts";
import { overviewQuery } from "./overview.ts";
import { tasksQuery } from "./tasks.ts";
import { usersQuery } from "./users.ts";

/** Every query of the app. */
const queries: readonly QueryKind[] = [
  // Collections, whole.
  usersQuery,
  // Of an id.
  accountQuery,
  activityQuery,
  filteredActivityQuery,
  tasksQuery,
  historyQuery,
  // Of a filter and an order.
  accountListQuery,
  // Of a person and a day.
  overviewQuery,
  dueTasksQuery,
  // Of a text.
  activitySearchQuery,
];

/** How changes touch each kind of query, and which answers are lent. Sync marks any other kind stale. */
export const effects: Readonly<Record<string, Pick<QueryKind, "effect" | "lend">>> =
  Object.fromEntries(queries.map((query) => [query.kind, query]));

/** The kinds of query whose data survives a reload. */
export const persistedKinds: ReadonlyMap<
  string,
  Pick<QueryKind, "schema" | "isInfinite">
> = new Map(queries.filter(({ persist }) => persist).map((query) => [query.kind, query]));
