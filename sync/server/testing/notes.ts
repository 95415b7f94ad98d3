import { fingerprintOf, type IdempotencyKey, type Log } from "../index.ts";

export interface Note {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

/** Names of headers are in lower case. */
type Headers = Readonly<Record<string, unknown>>;

/** An app of a resource whose rows are in memory. */
export function createNotes(log: Log) {
  const rows = new Map<string, Note>();
  for (const { id, row } of log.all()) rows.set(id, row as unknown as Note);

  return {
    /** Creates a note or changes it. */
    put: (id: string, { title }: { title: string }, headers: Headers) =>
      log.write(
        ({ change, rev, onCommit }) => {
          const row: Note = { id, title, version: rev() };
          const op = rows.has(id) ? "update" : "create";
          change({ resource: "notes", id, op, row: { ...row }, origin: originOf(headers) });
          onCommit(() => rows.set(id, row));
          return row;
        },
        keyOf(headers, `PUT notes/${id}`, title),
      ),
    read: (id: string) => log.read(() => rows.get(id)),
  };
}

export type Notes = ReturnType<typeof createNotes>;

function originOf(headers: Headers): string | null {
  const origin = headers["tandem-origin"];
  return typeof origin === "string" ? origin : null;
}

function keyOf(headers: Headers, target: string, body: unknown): IdempotencyKey | null {
  const key = headers["idempotency-key"];
  return typeof key === "string" ? { key, fingerprint: fingerprintOf(target, body) } : null;
}
