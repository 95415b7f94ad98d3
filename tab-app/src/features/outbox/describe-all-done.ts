import type { Write } from "#data/outbox/writes.ts";

/** Says what was asked for together: `3 activities pinned`. */
export function describeAllDone(writes: readonly Write[]): string {
  const count = writes.length.toLocaleString("en");
  const all = new Set(writes.map(nameOf));
  const [name] = all;
  return all.size === 1 && name ? `${count} ${name}` : `${count} changes`;
}

function nameOf(write: Write): string {
  switch (write.type) {
    case "pin":
      return write.pinned ? "activities pinned" : "activities unpinned";
    case "delete note":
      return "activities deleted";
    case "create note":
      return "activities added";
    case "delete task":
      return "tasks deleted";
    case "create task":
      return "tasks added";
    case "edit task":
      if (write.changes.done !== undefined)
        return write.changes.done === "true" ? "tasks completed" : "tasks reopened";
      return write.changes.assigneeId === undefined ? "tasks edited" : "tasks assigned";
    default:
      return "changes";
  }
}
