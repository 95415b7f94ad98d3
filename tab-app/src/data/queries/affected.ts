import type { Account, User } from "#contract/rows.ts";
import type { Change, Effects } from "#sync";
import {
  type AccountSnapshot,
  accountKey,
  accountSnapshotSchema,
  accountsKey,
  effectOnAccount,
  effectOnAccounts,
} from "./accounts.ts";
import { activityKey, effectOnActivity } from "./activity.ts";
import type { ActivityPages } from "./pages.ts";
import type { Rows } from "./rows.ts";
import { effectOnUsers, usersKey } from "./users.ts";

type Key = readonly [string, string];

/**
 * How a change affects each kind of query, and which answers tabs share. Details are small and the same
 * in each tab; how much of a feed is loaded differs, and the collections are hardly ever read.
 */
export const effects: Effects = {
  [accountsKey[0]]: {
    effect: (change: Change, data: Rows<Account>) => effectOnAccounts(change, data),
  },
  [accountKey("")[0]]: {
    effect: (change: Change, data: AccountSnapshot, [, id]: Key) =>
      effectOnAccount(change, id, data),
    lend(data: unknown, [, id]: Key) {
      const snapshot = accountSnapshotSchema.safeParse(data);
      return snapshot.success && snapshot.data.row.id === id ? snapshot.data : null;
    },
  },
  [activityKey("")[0]]: {
    effect: (change: Change, data: ActivityPages, [, id]: Key) =>
      effectOnActivity(change, id, data),
  },
  [usersKey[0]]: { effect: (change: Change, data: Rows<User>) => effectOnUsers(change, data) },
};
