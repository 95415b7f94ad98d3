import * as z from "zod/mini";
import { syncStatuses } from "#sync";
import { chords } from "./chords.ts";

/**
 * What the shell and a frame page say to each other, over penpal. Both sides import this file, but
 * they may come from two deploys: `paneProtocol` is raised when an older other side could not cope,
 * and whatever arrives is parsed at the door. Junk is dropped without a word.
 */
export const paneProtocol = 1;

/** A place inside a tab, as path and query: `/?account=acc-01`. Never another origin (`//…`, `/\…`). */
export const tabUrlSchema = z.string().check(z.maxLength(2000), z.regex(/^\/(?![/\\])[!-[\]-~]*$/));
export type TabUrl = z.infer<typeof tabUrlSchema>;

export const themeSchema = z.enum(["light", "dark"]);
export type Theme = z.infer<typeof themeSchema>;

export const visibleSchema = z.boolean();
export const inspectSchema = z.boolean();
export const statusSchema = z.enum(syncStatuses);

/** The frame page introduces itself. Only the version is certain to be there in every deploy. */
export const helloSchema = z.object({ version: z.int() });
export type Hello = z.infer<typeof helloSchema>;

export const welcomeSchema = z.object({
  version: z.literal(paneProtocol),
  paneId: z.string(),
  /** What people call the pane: "Tab A". */
  name: z.string(),
  theme: themeSchema,
  visible: visibleSchema,
  /** Where the tab was. */
  restore: tabUrlSchema,
  inspect: inspectSchema,
});
export type Welcome = z.infer<typeof welcomeSchema>;

/** What a frame page can find out by itself; the shell adds the causes that need a deadline. */
export const failedSchema = z.object({
  cause: z.enum(["version", "remote-missing", "remote-broken", "mount-failed"]),
  /** For a person who looks closer: the message of the error. */
  detail: z.string().check(z.maxLength(2000)),
});
export type Failed = z.infer<typeof failedSchema>;

export const stateSchema = z.object({
  url: tabUrlSchema,
  /** The user went there. Otherwise the tab did (a default, an answer to a command): no history entry. */
  byUser: z.boolean(),
});
export type State = z.infer<typeof stateSchema>;

export const commandSchema = z.object({ type: z.literal("navigate"), url: tabUrlSchema });
export type Command = z.infer<typeof commandSchema>;

export const chordSchema = z.enum(chords);

/** What a pane may ask of the shell. Every payload is unknown until its schema has seen it. */
export type ShellMethods = {
  /** The start of a session; a reloaded frame simply says it again. `null`: another version. */
  hello(hello: unknown): Welcome | null;
  ready(): void;
  failed(failed: unknown): void;
  state(state: unknown): void;
  status(status: unknown): void;
  trace(entries: unknown): void;
  chord(chord: unknown): void;
  /** Another tab asks for this one: bring its pane into view and give it the focus. */
  reveal(): void;
};

/** What the shell may ask of a pane. */
export type PaneMethods = {
  visible(visible: unknown): void;
  theme(theme: unknown): void;
  command(command: unknown): void;
  inspect(on: unknown): void;
  /** Answers when the pane's thread is free. */
  ping(): void;
};

interface Schema<T> {
  safeParse(input: unknown): { success: true; data: T } | { success: false };
}

/** The door: what the schema knows goes on to `use`, everything else is dropped. */
export function door<T>(schema: Schema<T>, use: (value: T) => void): (input: unknown) => void {
  return (input) => {
    const result = schema.safeParse(input);
    if (result.success) use(result.data);
  };
}
