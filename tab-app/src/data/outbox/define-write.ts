import * as z from "zod/mini";
import type { AccountDetails, Activity, Task } from "#contract/rows.ts";
import type { Api, Confirmed } from "#data/server/api.ts";

/** The rows that a user can write to, by resource. */
export interface WrittenRows {
  accounts: AccountDetails;
  activities: Activity;
  tasks: Task;
}
export type Resource = keyof WrittenRows;

/** What each write has. */
export interface WriteData {
  readonly type: string;
  /** Names a write for good: its idempotency key, and its name in the queue on disk. */
  readonly key: string;
  /** Of the row. */
  readonly id: string;
}

/** A write without its key, of a kind that is not known here. */
export type AnyWrite = Omit<WriteData, "key">;

/** One kind of write: its data, how it is sent, and what it shows until it is answered. */
export interface WriteKind<R extends Resource = Resource, W extends WriteData = WriteData> {
  readonly type: string;
  readonly resource: R;
  readonly schema: z.ZodMiniType<W>;
  /**
   * Must be safe to repeat, for an answer may be lost. Makes no further request once `isWanted` is false.
   * Null where it was done before: its change arrives by the change stream.
   */
  send(api: Api, write: W, isWanted: () => boolean): Promise<Confirmed | null>;
  /** The row as it will be; undefined where there is none. The same row where nothing changes. */
  lay(row: WrittenRows[R] | undefined, write: W): WrittenRows[R] | undefined;
  /**
   * The write that takes it back, given the row of the answer; undefined while there is no answer. It is a write like
   * any other, and must not replace what it cannot know: a value other than the one that this write left. Null where
   * nothing can be taken back.
   */
  inverse?(write: W, answered: WrittenRows[R] | undefined): AnyWrite | null;
  /** What belongs to the row needs it, and waits for it: it is made, or deleted. */
  readonly holdsParts?: true;
  /** It makes a row that the server dates: on top of the feed until then. */
  isNew?(write: W): boolean;
  /** The draft that it was typed in. */
  draftOf?(write: W): string;
}

export const idSchema = z.string().check(z.minLength(1), z.maxLength(200));
const keySchema = z.string().check(z.regex(/^[\w-]{1,64}$/));

const headOf = <T extends string>(type: T) => ({
  type: z.literal(type),
  key: keySchema,
  id: idSchema,
});
type Head<T extends string> = ReturnType<typeof headOf<T>>;

/** `data` is what this kind has beside type, key and id. */
export function defineWrite<
  const T extends string,
  R extends Resource,
  D extends z.core.$ZodShape,
  W extends WriteData = z.output<z.ZodMiniObject<Head<T> & D>> & WriteData,
>({ data, ...kind }: Omit<WriteKind<R, W>, "schema"> & { type: T; data: D }) {
  return { ...kind, schema: z.object({ ...headOf(kind.type), ...data }) };
}

/** What an edit began from: the fields that were shown, of that version of the row. */
export const baseOf = <T extends z.ZodMiniType>(fields: T) =>
  z.object({ version: z.int(), fields });

export function pathTo(resource: Resource, id: string): string {
  return `/${resource}/${encodeURIComponent(id)}`;
}
