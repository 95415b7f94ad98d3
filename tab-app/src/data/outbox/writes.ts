import * as z from "zod/mini";
import type { Api, Confirmed } from "#data/server/api.ts";
import type { Resource, WriteKind } from "./define-write.ts";
import { gatherRequests } from "./gather-requests.ts";
import { createAccount } from "./writes/create-account.ts";
import { createNote } from "./writes/create-note.ts";
import { createTask } from "./writes/create-task.ts";
import { deleteAccount } from "./writes/delete-account.ts";
import { deleteNote } from "./writes/delete-note.ts";
import { deleteTask } from "./writes/delete-task.ts";
import { editAccount } from "./writes/edit-account.ts";
import { editNote } from "./writes/edit-note.ts";
import { editTask } from "./writes/edit-task.ts";
import { pin } from "./writes/pin.ts";

/** Everything that a user can ask of the server. */
const kinds = [
  pin,
  createAccount,
  editAccount,
  deleteAccount,
  createNote,
  editNote,
  deleteNote,
  createTask,
  editTask,
  deleteTask,
] as const;

/** As data: a write survives a reload, and says all that is needed to send it. */
export const writeSchema = z.union(kinds.map(({ schema }) => schema));
export type Write = z.output<typeof writeSchema>;
export type WriteOf<T extends Write["type"]> = Extract<Write, { type: T }>;

/** A write without its key, which the outbox gives. */
export type NewWrite = Write extends infer W ? (W extends Write ? Omit<W, "key"> : never) : never;

const kindsByType = new Map<string, WriteKind>(kinds.map((kind) => [kind.type, kind]));

export function kindOf({ type }: Write): WriteKind {
  const kind = kindsByType.get(type);
  if (!kind) throw new Error(`No kind of write is called "${type}"`);
  return kind;
}

export function isTo<R extends Resource>(resource: R, kind: WriteKind): kind is WriteKind<R> {
  return kind.resource === resource;
}

/** One attempt to send a write. Rejects with `ApiError`, `UnreachableError`, or `ConflictError`. */
export type SendWrite = (write: Write, isWanted: () => boolean) => Promise<Confirmed | null>;

export function createSendWrite(api: Api): SendWrite {
  return (write, isWanted) => kindOf(write).send(api, write, isWanted);
}

/**
 * One attempt to send several writes in one request, which `key` names for good. Resolves with what became of each, in
 * their order.
 */
export type SendBatch = (
  writes: readonly Write[],
  key: string,
  isWanted: (write: Write) => boolean,
) => Promise<readonly PromiseSettledResult<Confirmed | null>[]>;

export function createSendBatch(api: Api): SendBatch {
  return (writes, key, isWanted) =>
    gatherRequests(api, key, writes, (gathered, write) =>
      kindOf(write).send(gathered, write, () => isWanted(write)),
    );
}

/** The row that a write is to. */
export function rowKeyOf(write: Write): string {
  return `${kindOf(write).resource}/${write.id}`;
}

/** What writes that are sent together wait for, and what waits for them. */
export interface Held {
  /** Rows that nothing else may write meanwhile. */
  readonly rows: readonly string[];
  /** Rows that must stay: those that they belong to. */
  readonly within: readonly string[];
}

export function heldBy(writes: readonly Write[]): Held {
  const parts = (of: string) => `${of}/*`;
  const rows = writes.flatMap((write) => {
    const row = rowKeyOf(write);
    return kindOf(write).holdsParts ? [row, parts(row)] : [row];
  });
  const within = writes.flatMap((write) =>
    "accountId" in write ? [parts(`accounts/${write.accountId}`)] : [],
  );
  return { rows, within };
}
