import * as z from "zod";
import { accountDetailsSchema, activitySchema, userSchema } from "#contract/rows.ts";
import type { OwnResource } from "./document.ts";

const derived = { version: true, pinnedCount: true, activityCount: true } as const;
const user = z.strictObject(userSchema.omit({ version: true }).shape);
const account = z.strictObject(accountDetailsSchema.omit(derived).shape);
const activity = z.strictObject(activitySchema.omit({ version: true }).shape);

/** What a body may say. Strict: a misspelt field is an error and not a field of its own. */
export const rowSchemas = {
  users: { create: user.partial({ id: true }), patch: user.partial() },
  accounts: { create: account.partial({ id: true }), patch: account.partial() },
  activities: {
    create: activity.partial({ id: true, at: true, pinned: true }),
    patch: activity.partial(),
  },
} satisfies Record<OwnResource, { create: z.ZodObject; patch: z.ZodObject }>;

/** Fields that name a row of another resource. */
export const references: Readonly<Record<OwnResource, Readonly<Record<string, OwnResource>>>> = {
  users: {},
  accounts: { ownerId: "users" },
  activities: { accountId: "accounts", authorId: "users" },
};
