import { noiseKinds } from "../models/noise.ts";

/** Every fault and act that must happen in a run of some size: one that never happens proves nothing. */
const kinds = [
  ...noiseKinds,
  "stream broken",
  "answer lost after the write",
  "log overflow named by the stream",
  "pin",
  "write confirmed",
  "write offered again",
  "create note",
  "create note confirmed",
  "edit note",
  "edit note confirmed",
  "delete note",
  "delete note confirmed",
  "create task",
  "create task confirmed",
  "rename task",
  "complete task",
  "edit task confirmed",
  "delete task",
  "delete task confirmed",
  "task from outside",
  "edit account",
  "edit account: mrr",
  "edit account: renewalDate",
  "edit account confirmed",
  "bulk pin",
  "bulk unpin",
  "bulk delete",
  "bulk complete",
  "bulk assign",
  "undo: batch",
  "create account",
  "create account confirmed",
  "delete account",
  "delete account confirmed",
  "conflict",
  "take back: waiting",
  "undo: withdrawn",
  "undo: pin",
  "undo: create note",
  "undo: edit note",
  "undo: delete note",
  "undo: edit account",
  "undo: create account",
  "undo: delete account",
  "redo: pin",
  "conflict: delete note",
  "write of another page confirmed",
  "type",
  "discard",
  "adopted: writes",
  "adopted: drafts",
  "rendered from storage",
  "sign out",
  "sign in",
  "load more",
  "clock set back",
  "clock set forward",
  "account selected",
  "feed filtered",
  "accounts listed",
  "more accounts",
  "account changed",
  "account created",
  "account deleted",
  "write from outside",
  "burst",
  "row created",
  "row deleted",
  "row moved in time",
  "row moved to another account",
  "row too large to travel",
  "tab hidden",
  "panel hidden",
  "overview shown",
  "frozen, all kept",
  "frozen, all lost",
  "hung while in view",
  "wedged while in view",
  "stream beside that of a tab that hangs",
  "stream silent",
  "stream buffered",
  "request unanswered",
  "called offline, wrongly",
  "back/forward cache",
  "refused by the back/forward cache",
  "offline",
  "reload",
  "tab opened late",
  "tab closed",
  "tab crashed",
  "closed in the middle of a write",
  "reloaded in the middle of a write",
  "died holding tandem-feed",
  "died holding tandem-read",
  "server down",
  "restart with its log",
  "restart without its log",
  "data file broken",
  "junk",
  "foreign",
] as const;

/** They happen once in hundreds of schedules: a soak demands them, and the short run of `npm test` does not. */
export const rareKinds: readonly string[] = ["undo: delete account"];

export interface Coverage {
  add(of: ReadonlyMap<string, number>): void;
  readonly missing: readonly string[];
  /** One line for each kind. */
  table(): string;
}

export function createCoverage(): Coverage {
  const counts = new Map<string, number>(kinds.map((kind) => [kind, 0]));
  return {
    add(of) {
      for (const [kind, count] of of) {
        const known = counts.get(kind);
        if (known !== undefined) counts.set(kind, known + count);
      }
    },
    get missing() {
      return [...counts].filter(([, count]) => count === 0).map(([kind]) => kind);
    },
    table: () =>
      [...counts].map(([kind, count]) => `${String(count).padStart(9)}  ${kind}`).join("\n"),
  };
}
