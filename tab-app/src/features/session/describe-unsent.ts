/** Counts of what the server does not have yet, in all tabs of this browser. */
export interface Unsent {
  readonly writes: number;
  readonly drafts: number;
}

/** "2 unsent changes and 1 draft" */
export function describeUnsent({ writes, drafts }: Unsent): string {
  const parts = [
    writes > 0 && counted(writes, "unsent change"),
    drafts > 0 && counted(drafts, "draft"),
  ];
  return parts.filter(Boolean).join(" and ");
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
