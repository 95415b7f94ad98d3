import * as z from "zod/mini";
import { accountDetailsSchema } from "#contract/rows.ts";

/** An account without what the server derives of it. */
export const versionedAccountSchema = z.omit(accountDetailsSchema, {
  pinnedCount: true,
  activityCount: true,
  lastActivityAt: true,
});

/** An account as a request makes it. */
export const accountRowSchema = z.omit(versionedAccountSchema, { version: true });
