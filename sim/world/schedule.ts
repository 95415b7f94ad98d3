import type { NoiseLevels } from "../models/noise.ts";
import type { PanelName } from "../tab/tab.ts";

/** Milliseconds of virtual time. */
type Ms = number;

/** Until everything else is over, and the tabs that are awake have been judged. */
export const forGood: Ms = 1_000_000;

/** Everything that can happen. A number chooses among what there is: tabs, rows, accounts. */
interface Commands {
  readonly wait: { readonly ms: Ms };

  readonly pin: OnTab & { readonly row: number };
  readonly "create note": OnTab & { readonly place: number };
  readonly "edit note": OnTab & { readonly row: number };
  readonly "delete note": OnTab & { readonly row: number };
  readonly "create task": OnTab & { readonly day: number };
  readonly "rename task": OnTab & { readonly row: number };
  /** Completes a task, or opens it again. */
  readonly "complete task": OnTab & { readonly row: number };
  readonly "delete task": OnTab & { readonly row: number };
  readonly "edit account": OnTab & { readonly fields: EditedFields };
  readonly "create account": OnTab & { readonly what: number };
  /** Deletes a listed account: those to which something belongs the server keeps. */
  readonly "delete account": OnTab & { readonly row: number };
  /** Does the same to several rows at once. */
  readonly bulk: OnTab & {
    readonly what: "pin" | "unpin" | "delete" | "complete" | "assign";
    readonly rows: readonly number[];
  };
  readonly "take back": OnTab & { readonly entry: number };
  /** Takes back what the tab did last, or does that again. */
  readonly undo: OnTab;
  readonly redo: OnTab;
  /** Retries a write that was refused. */
  readonly "try again": OnTab & { readonly entry: number };
  readonly type: OnTab & { readonly subject: number };
  readonly discard: OnTab & { readonly subject: number };
  readonly "sign out": OnTab;
  readonly "sign in": OnTab;
  readonly "load more": OnTab;
  readonly select: OnTab;
  /** Filters the feed. A number chooses among some filters, 0 for none. */
  readonly filter: OnTab & { readonly filter: number };
  /** Lists other accounts, or in another order. A number chooses among some lists, 0 for all by name. */
  readonly "list accounts": OnTab & { readonly list: number };
  readonly "more accounts": OnTab;
  /** Shows the overview in place of the account, for so long. */
  readonly "show overview": OnTab & { readonly ms: Ms };
  readonly "hide panel": OnTab & { readonly panel: PanelName; readonly ms: Ms };

  readonly "hide tab": OnTab & { readonly ms: Ms };
  readonly freeze: OnTab & { readonly ms: Ms; readonly lose: boolean };
  readonly hang: OnTab & { readonly ms: Ms };
  /** Hangs in view, for longer than a leader may be silent. One tab at a time. */
  readonly wedge: OnTab & { readonly ms: Ms };
  /** The browser says that there is no network, and there is. */
  readonly "lying flag": OnTab & { readonly ms: Ms };
  readonly bfcache: OnTab & { readonly ms: Ms };
  readonly offline: OnTab & { readonly ms: Ms };
  readonly reload: OnTab;
  readonly close: OnTab & { readonly crash: boolean };
  readonly open: { readonly account: number };
  /** The clock of the browser's machine is set by so much. Timers run on. */
  readonly "set clock": { readonly by: Ms };

  readonly outside: { readonly writes: readonly OutsideWrite[] };
  readonly burst: { readonly count: number; readonly every: Ms; readonly write: OutsideWrite };

  readonly "server down": { readonly ms: Ms };
  readonly restart: { readonly keepsLog: boolean; readonly ms: Ms };
  readonly "break feed": object;
  /** The streams that stand bring nothing more, and do not end. */
  readonly "silent feed": object;
  /** Streams that are opened meanwhile bring nothing, ever. */
  readonly "buffered feed": { readonly ms: Ms };
  /** Requests that are made meanwhile are never answered; some are carried out. */
  readonly unanswered: { readonly ms: Ms };
  readonly "file broken": { readonly ms: Ms };
  /** A message on the channel that no tab of this version sent. */
  readonly shout: { readonly what: number };
}

interface OnTab {
  readonly tab: number;
}

export type EditedFields = readonly ("name" | "notes" | "mrr" | "renewalDate")[];

export type CommandName = keyof Commands;
export type CommandOf<Name extends CommandName> = {
  [Each in Name]: { readonly do: Each } & Commands[Each];
}[Name];
export type Command = CommandOf<CommandName>;

/** What carries out each of some commands. */
export type Acts<Name extends CommandName> = {
  readonly [Each in Name]: (command: CommandOf<Each>) => void;
};

export type OutsideWrite =
  | { readonly op: "pin"; readonly account: number; readonly row: number }
  | { readonly op: "retitle"; readonly account: number; readonly row: number }
  | {
      readonly op: "create";
      readonly account: number;
      readonly place: number;
      readonly big: boolean;
    }
  | { readonly op: "delete"; readonly account: number; readonly row: number }
  | {
      readonly op: "redate";
      readonly account: number;
      readonly row: number;
      readonly place: number;
    }
  | { readonly op: "give away"; readonly account: number; readonly row: number }
  | { readonly op: "create task"; readonly account: number; readonly day: number }
  | { readonly op: "change task"; readonly row: number; readonly day: number }
  | { readonly op: "delete task"; readonly row: number }
  | { readonly op: "rename"; readonly account: number }
  | { readonly op: "change account"; readonly of: number; readonly what: number }
  | { readonly op: "create account"; readonly what: number }
  | { readonly op: "delete account"; readonly of: number }
  | { readonly op: "rename user" };

/** A run that can be repeated: what happens, and the seed of everything that is random. */
export interface Schedule {
  readonly seed: number;
  readonly tabs: number;
  readonly hasLocks: boolean;
  /** Changes that the server's log keeps. */
  readonly maxChanges: number;
  readonly noise: NoiseLevels;
  readonly commands: readonly Command[];
}
