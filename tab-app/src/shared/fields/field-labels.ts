import type { AccountField, NoteFields, TaskFields } from "#data/outbox/fields.ts";

const labels: Record<AccountField | keyof NoteFields | keyof TaskFields | "pinned", string> = {
  name: "Name",
  status: "Status",
  plan: "Plan",
  ownerId: "Owner",
  notes: "Notes",
  mrr: "MRR",
  renewalDate: "Renewal",
  industry: "Industry",
  city: "City",
  since: "Customer since",
  title: "Title",
  body: "Text",
  pinned: "Pin",
  dueDate: "Due",
  assigneeId: "Assignee",
  done: "Done",
};

export function labelOf(field: string): string {
  return Object.hasOwn(labels, field) ? labels[field as keyof typeof labels] : field;
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** "Name and Plan". */
export function labelsOf(fields: readonly string[]): string {
  return list.format(fields.map(labelOf));
}
