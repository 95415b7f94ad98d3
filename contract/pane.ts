import * as z from "zod/mini";
import { syncStatuses } from "#sync";
import { chords } from "./chords.ts";
import type { ContractRange } from "./contract-range.ts";
import type { ShellCommand } from "./shell-commands.ts";

/**
 * The messages between the shell and a frame page, over penpal. Both sides import this file but may
 * be of two deploys: each names the versions that it speaks, and the newest common one holds. `newest` is raised with each
 * message that the other side may rely on, `oldest` when older sides are no longer coped with. Each message is parsed on
 * arrival; junk is dropped silently.
 *
 * - 1: what a tab says and is told. Titles, outdated builds, commands of the shell and `open` may be missing on either side.
 * - 2: all of these are there, and the tab is told the version (`MountContext.contract`).
 */
export const paneContract: ContractRange = { oldest: 1, newest: 2 };
/** Each of them. */
const paneVersions: readonly number[] = [1, 2];

/** The URL of a tab, as path and query: `/?account=acc-01`. Never another origin (`//…`, `/\…`). */
export const tabUrlSchema = z.string().check(z.maxLength(2000), z.regex(/^\/(?![/\\])[!-[\]-~]*$/));
export type TabUrl = z.infer<typeof tabUrlSchema>;

export const themeSchema = z.enum(["light", "dark"]);
export type Theme = z.infer<typeof themeSchema>;

export const visibleSchema = z.boolean();
export const inspectSchema = z.boolean();
export const statusSchema = z.enum(syncStatuses);

/** The first message of the frame page. Only the version is certain to be in it in every deploy. */
export const helloSchema = z.object({
  /** The oldest version that it speaks. */
  version: z.int(),
  /** The newest; a page of version 1 speaks no other, and does not say so. */
  newest: z.optional(z.int()),
});
export type Hello = z.infer<typeof helloSchema>;

/** What the frame page of this deploy says. */
export const ownHello: Hello = { version: paneContract.oldest, newest: paneContract.newest };

export function rangeOfHello({ version, newest = version }: Hello): ContractRange {
  return { oldest: version, newest };
}

export const welcomeSchema = z.object({
  /** The version that holds. */
  version: z.literal([...paneVersions]),
  paneId: z.string(),
  /** The title of the pane: "Tab A". */
  name: z.string(),
  theme: themeSchema,
  visible: visibleSchema,
  /** The URL to restore. */
  restore: tabUrlSchema,
  inspect: inspectSchema,
});
export type Welcome = z.infer<typeof welcomeSchema>;

/** The failures that a frame page can detect; the shell adds those that need a deadline. */
export const failedSchema = z.object({
  cause: z.enum(["version", "remote-missing", "remote-broken", "mount-failed"]),
  /** The message of the error, shown on demand. */
  detail: z.string().check(z.maxLength(2000)),
});
export type Failed = z.infer<typeof failedSchema>;

export const stateSchema = z.object({
  url: tabUrlSchema,
  /** The user navigated. Otherwise the tab did (a default, an answer to a command): no history entry. */
  byUser: z.boolean(),
});
export type State = z.infer<typeof stateSchema>;

/** What a tab can open over its page: its commands, or its shortcuts. */
export const openableSchema = z.enum(["menu", "shortcuts"]);
export type Openable = z.infer<typeof openableSchema>;

export const commandSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("navigate"), url: tabUrlSchema }),
  z.object({ type: z.literal("open"), what: openableSchema }),
]);
export type Command = z.infer<typeof commandSchema>;

/** The name of the version that a tab would be of after a reload, where that is another one. */
export const outdatedSchema = z.nullable(z.string().check(z.maxLength(64)));

export const chordSchema = z.enum(chords);

/** The methods of the shell that a pane may call. A payload is unknown until its schema has parsed it. */
export type ShellMethods = {
  /** Starts a session; a reloaded frame calls it again. `null`: another version. */
  hello(hello: unknown): Welcome | null;
  ready(): void;
  failed(failed: unknown): void;
  state(state: unknown): void;
  status(status: unknown): void;
  trace(entries: unknown): void;
  chord(chord: unknown): void;
  /** Another tab requests this one: show its pane and give it the focus. */
  reveal(): void;
  /** What the shell can do now. A shell of an earlier deploy lacks this, and `run`. */
  commands(): readonly ShellCommand[];
  run(commandId: unknown): void;
  /** The focus is in the pane now. Older shells do not ask. */
  focused(): void;
  /** What the tab shows. An older shell does not name it. */
  title(title: unknown): void;
  /** There is another version to reload for, or none any more. An older shell does not say so. */
  outdated(version: unknown): void;
};

/** The methods of a pane that the shell may call. */
export type PaneMethods = {
  visible(visible: unknown): void;
  theme(theme: unknown): void;
  command(command: unknown): void;
  inspect(on: unknown): void;
  /** One of `contract/trial.ts`, to be tried out. Older panes and other apps lack it, and nothing happens. */
  trial(trial: unknown): void;
  /** Returns as soon as the pane's thread is free. */
  ping(): void;
};

interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false };
}

/** Passes what the schema accepts to `use`, and drops everything else. */
export function door<T>(schema: Schema<T>, use: (value: T) => void): (input: unknown) => void {
  return (input) => {
    const result = schema.safeParse(input);
    if (result.success) use(result.data);
  };
}
