import type { Account, User } from "#contract/rows.ts";
import type { EffectOf, ReadAnswer } from "#sync";
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

/**
 * Which queries a change touches, and how. Each rule stands beside its query; this only finds it by the
 * first word of the key. A query that nobody declared a rule for is never trusted: any change marks it.
 */
export const effectOf: EffectOf = ([kind, id], change, data) => {
  switch (kind) {
    case accountsKey[0]:
      return effectOnAccounts(change, data as Rows<Account>);
    case accountKey("")[0]:
      return effectOnAccount(change, String(id), data as AccountSnapshot);
    case activityKey("")[0]:
      return effectOnActivity(change, String(id), data as ActivityPages);
    case usersKey[0]:
      return effectOnUsers(change, data as Rows<User>);
    default:
      return "stale";
  }
};

/**
 * Which answers a tab lends to the others. Details are small and the same in each; how much of a feed
 * is loaded differs, and the collections are read so rarely that nobody waits for them.
 */
export const readAnswer: ReadAnswer = ([kind, id], data) => {
  if (kind !== accountKey("")[0]) return null;
  const snapshot = accountSnapshotSchema.safeParse(data);
  return snapshot.success && snapshot.data.row.id === id ? snapshot.data : null;
};
