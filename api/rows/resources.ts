import * as z from "zod";
import { accountDetailsSchema, activitySchema, taskSchema, userSchema } from "#contract/rows.ts";
import { timeSchema } from "./time.ts";

/**
 * Everything the API knows of the built-in resources. Every other collection in the data file is
 * custom: served and written without a schema.
 */
export const builtInResources = ["users", "accounts", "activities", "tasks"] as const;
export type BuiltInResource = (typeof builtInResources)[number];

export function isBuiltIn(resource: string): resource is BuiltInResource {
  return (builtInResources as readonly string[]).includes(resource);
}

/** Built-in collections that came later: a data file without one is read as if it were there, and empty. */
export const optionalResources: readonly BuiltInResource[] = ["tasks"];

const derivedFields = {
  users: { version: true },
  accounts: { version: true, pinnedCount: true, activityCount: true, lastActivityAt: true },
  activities: { version: true },
  tasks: { version: true },
} as const satisfies Record<BuiltInResource, Record<string, true>>;

/** Fields that the server computes: never stored, refused in request bodies. */
export function derivedFieldsOf(resource: string): readonly string[] {
  return isBuiltIn(resource) ? Object.keys(derivedFields[resource]) : [];
}

/** Rows as the data file stores them: the served rows without derived fields. Unknown fields pass. */
export const storedSchemas = {
  users: z.object(userSchema.shape).omit(derivedFields.users),
  accounts: z.object(accountDetailsSchema.shape).omit(derivedFields.accounts),
  activities: z
    .object(activitySchema.shape)
    .omit(derivedFields.activities)
    .extend({ at: timeSchema }),
  tasks: z.object(taskSchema.shape).omit(derivedFields.tasks),
} satisfies Record<BuiltInResource, z.ZodObject>;

const user = z.strictObject(storedSchemas.users.shape);
const account = z.strictObject(storedSchemas.accounts.shape);
const activity = z.strictObject(storedSchemas.activities.shape);
const task = z.strictObject(storedSchemas.tasks.shape);

/** Request bodies. Strict: a misspelt field is an error, not a new field. */
export const bodySchemas = {
  users: { create: user.partial({ id: true }), patch: user.partial() },
  accounts: { create: account.partial({ id: true }), patch: account.partial() },
  activities: {
    create: activity.partial({ id: true, at: true, pinned: true }),
    patch: activity.partial(),
  },
  tasks: {
    create: task.partial({ id: true, done: true }),
    // When it was made and completed is the server's to say; a task that comes back brings both.
    patch: task.partial().omit({ createdAt: true, doneAt: true, authorId: true }),
  },
} satisfies Record<BuiltInResource, { create: z.ZodObject; patch: z.ZodObject }>;

/** Fields that a write takes away by null, on every engine. */
export const clearedByNull: Readonly<Record<BuiltInResource, readonly string[]>> = {
  users: [],
  accounts: ["industry", "city", "since", "mrr", "renewalDate"],
  activities: [],
  tasks: [],
};

/** Fields that hold the id of a row of another resource. */
export const references: Readonly<
  Record<BuiltInResource, Readonly<Record<string, BuiltInResource>>>
> = {
  users: {},
  accounts: { ownerId: "users" },
  activities: { accountId: "accounts", authorId: "users" },
  tasks: { accountId: "accounts", assigneeId: "users", authorId: "users" },
};
