/**
 * A position in the server's change log. `rev` grows by one per change and never goes back, not even
 * when a new log (`epoch`) begins, so two revisions are ordered by `rev` alone; the epoch only tells
 * whether the changes between them can be known.
 */
export interface Revision {
  readonly epoch: string;
  readonly rev: number;
}

/** Reads `epoch.rev`, the form of the `Tandem-Revision` header and of `since`. Anything else is `null`. */
export function parseRevision(text: string | null | undefined): Revision | null {
  const match = /^([A-Za-z0-9_-]{1,64})\.(\d{1,15})$/.exec(text ?? "");
  return match?.[1] && match[2] ? { epoch: match[1], rev: Number(match[2]) } : null;
}

export function formatRevision(revision: Revision): string {
  return `${revision.epoch}.${revision.rev}`;
}

/** The revision that a response reflects (`Tandem-Revision`): null where it names none. Throws where it cannot be read. */
export function revisionOf({ headers }: Pick<Response, "headers">): Revision | null {
  const text = headers.get("Tandem-Revision");
  const revision = parseRevision(text);
  if (text !== null && !revision) throw new Error(`Tandem-Revision: "${text}" is no revision`);
  return revision;
}
