import { accountFieldNames } from "#data/outbox/fields.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import type { Write, WriteOf } from "#data/outbox/writes.ts";
import { describeError } from "#data/server/api-error.ts";
import { labelOf } from "#shared/fields/field-labels.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { describeProgress } from "#shared/unconfirmed/describe-progress.ts";

/** Names a write: `Pin “Called back”`, `Edit of Northgate: name, plan`. */
export function describeWrite(write: Write): string {
  switch (write.type) {
    case "pin":
      return `${write.pinned ? "Pin" : "Unpin"} ${quoted(write.title)}`;
    case "edit account": {
      const fields = accountFieldNames.filter((name) => write.changes[name] !== undefined);
      const names = fields.map((name) => startLow(labelOf(name))).join(", ");
      return `Edit of ${short(write.base.fields.name)}: ${names}`;
    }
    case "create account":
      return `Account ${quoted(write.row.name)}`;
    case "delete account":
      return `Delete account ${quoted(write.name)}`;
    case "create note":
      return `${capitalize(write.row.kind)} ${quoted(write.row.title)}`;
    case "edit note":
      return `Edit of ${write.kind ?? "note"} ${quoted(write.base.fields.title)}`;
    case "delete note":
      return `Delete ${write.kind ?? "note"} ${quoted(write.title)}`;
    case "create task":
      return `Task ${quoted(write.row.title)}`;
    case "edit task":
      return `${nameOfTaskEdit(write)} ${quoted(write.base.fields.title)}`;
    case "delete task":
      return `Delete task ${quoted(write.title)}`;
  }
}

/** Says that a write failed: `Couldn't pin “Called back”`. */
export function describeFailedWrite(write: Write): string {
  switch (write.type) {
    case "pin":
      return `Couldn't ${write.pinned ? "pin" : "unpin"} ${quoted(write.title)}`;
    case "edit account":
      return `Couldn't save ${short(write.base.fields.name)}`;
    case "create account":
      return `Couldn't add ${quoted(write.row.name)}`;
    case "delete account":
      return `Couldn't delete ${quoted(write.name)}`;
    case "create note":
      return `Couldn't add ${quoted(write.row.title)}`;
    case "edit note":
      return `Couldn't save ${quoted(write.base.fields.title)}`;
    case "delete note":
      return `Couldn't delete ${quoted(write.title)}`;
    case "create task":
      return `Couldn't add ${quoted(write.row.title)}`;
    case "edit task":
      return `Couldn't save ${quoted(write.base.fields.title)}`;
    case "delete task":
      return `Couldn't delete ${quoted(write.title)}`;
  }
}

/** Says that a write was asked for: `Pinned`, and of what. */
export function describeDone(write: Write): { title: string; description: string } {
  switch (write.type) {
    case "pin":
      return { title: write.pinned ? "Pinned" : "Unpinned", description: short(write.title) };
    case "edit account":
      return { title: "Account edited", description: short(write.base.fields.name) };
    case "create account":
      return { title: "Account added", description: short(write.row.name) };
    case "delete account":
      return { title: "Account deleted", description: short(write.name) };
    case "create note":
      return { title: `${capitalize(write.row.kind)} added`, description: short(write.row.title) };
    case "edit note":
      return {
        title: `${capitalize(write.kind ?? "note")} edited`,
        description: short(write.base.fields.title),
      };
    case "delete note":
      return {
        title: `${capitalize(write.kind ?? "note")} deleted`,
        description: short(write.title),
      };
    case "create task":
      return { title: "Task added", description: short(write.row.title) };
    case "edit task":
      return {
        title: doneTexts[nameOfTaskEdit(write)],
        description: short(write.base.fields.title),
      };
    case "delete task":
      return { title: "Task deleted", description: short(write.title) };
  }
}

/** The state of a write, and why it failed. */
export function describeState({ state, error }: OutboxEntry, isOnline: boolean): string {
  switch (state) {
    case "sending":
    case "waiting":
      return describeProgress(state, isOnline);
    case "failed":
      return error ? `Not saved: ${startLow(describeError(error).title)}` : "Not saved";
    case "conflict":
      return "Somebody else changed this too";
  }
}

const doneTexts = {
  "Edit of task": "Task edited",
  Complete: "Task completed",
  Reopen: "Task reopened",
} as const;

function nameOfTaskEdit({ changes }: WriteOf<"edit task">): keyof typeof doneTexts {
  const { done, ...others } = changes;
  if (done === undefined || Object.keys(others).length > 0) return "Edit of task";
  return done === "true" ? "Complete" : "Reopen";
}

function quoted(title: string): string {
  return `“${short(title)}”`;
}

function short(text: string, most = 80): string {
  const letters = [...text];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : text;
}

function startLow(text: string): string {
  // Not of an abbreviation, as MRR is.
  return /^\p{Lu}{2}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
