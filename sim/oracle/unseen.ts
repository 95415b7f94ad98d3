import type { Row } from "#api/rows/document.ts";
import type { Write } from "#data/outbox/writes.ts";
import { type AskedWrite, type AskedWrites, isEdit, textsOf } from "./asked-writes.ts";
import type { Fail } from "./violations.ts";

/** Claim "unseen": an edit replaces no value that its user was not shown. */
export function checkSeen(
  { write }: AskedWrite,
  field: string,
  before: Row,
  writes: AskedWrites,
  fail: Fail,
) {
  if (!seenIn(write, field, writes).has(before[field] ?? ""))
    fail("unseen", `${write.type} ${write.id} went over ${field} "${before[field]}"`);
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
