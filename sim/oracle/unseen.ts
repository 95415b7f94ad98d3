import type { Row } from "#api/rows/document.ts";
import type { Write } from "#data/outbox/writes.ts";
import {
  type AskedWrite,
  type AskedWrites,
  isEdit,
  rowNameOf,
  sameAsks,
  textIn,
  textsOf,
} from "./asked-writes.ts";
import type { Fail } from "./violations.ts";

/** Claim "unseen": an edit, or an undo, replaces no value that its user was not shown. */
export function checkSeen(
  asked: AskedWrite,
  field: string,
  before: Row,
  writes: AskedWrites,
  fail: Fail,
) {
  const { write } = asked;
  const value = textIn(before, field);
  if (!sameAsks(asked, field, writes).some((each) => seenIn(each.write, field, writes).has(value)))
    fail("unseen", `${write.type} ${write.id} went over ${field} "${value}"`);
}

/** The undo of a new note or account deletes it as its user left it, and not otherwise. */
export function checkSeenDelete(name: string, before: Row, writes: AskedWrites, fail: Fail) {
  const deletes = [...writes.values()].flatMap(({ write }) =>
    (write.type === "delete note" || write.type === "delete account") && rowNameOf(write) === name
      ? write
      : [],
  );
  const isAsLeft = (seen: Readonly<Record<string, unknown>>) =>
    ["title", "body", "pinned", "accountId", "name", "notes", "status", "mrr", "renewalDate"].every(
      (field) => (seen[field] ?? "") === (before[field] ?? ""),
    );
  // One that the user asked for outright deletes whatever is there.
  if (deletes.length > 0 && deletes.every(({ seen }) => seen && !isAsLeft(seen.row)))
    fail(
      "unseen",
      `the undo of ${name} deleted what its user had not seen: "${before.title ?? before.name}"`,
    );
}

/** What the user knew the field to hold: what was shown, or was under their own edits that were shown. */
function seenIn(write: Write, field: string, writes: AskedWrites): ReadonlySet<unknown> {
  const values = new Set<unknown>();
  const visit = (each: Write) => {
    if (!isEdit(each)) return;
    const base = (each.base.fields as Readonly<Record<string, string>>)[field];
    if (values.has(base)) return;
    values.add(base);
    for (const { write: earlier } of writes.values())
      if (textsOf(earlier)[field] === base) visit(earlier);
  };
  visit(write);
  return values;
}
