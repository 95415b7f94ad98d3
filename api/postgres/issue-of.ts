import pg from "pg";

/** An error of the driver or the database as one line, without the address and the password of the database. */
export function issueOf(error: unknown): string {
  if (error instanceof AggregateError) return issueOf(error.errors[0]);
  const detail = error instanceof pg.DatabaseError && error.detail ? ` (${error.detail})` : "";
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split("\n")[0]}${detail}`;
}
