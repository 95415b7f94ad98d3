import type { TestServer } from "#sync/testing";
import { createMemoryLog } from "../../../sync/fixtures/memory-log.ts";

/** What a server has for the tabs: the columns of the table in guarantees.md. */
export const levels = ["a change log", "validators", "neither: by age"] as const;
export type Level = (typeof levels)[number];

export interface Note {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

/** Notes 1 and 2 on a server of each level, from memory. */
export function createNotesServer(level: Level) {
  const notes = new Map(["1", "2"].map((id) => [id, { id, title: "old", version: 0 } as Note]));
  const log = createMemoryLog();
  /** What reads were answered with: the status, and characters of the body. */
  const answers: { readonly status: number; readonly size: number }[] = [];
  let held: Promise<void> | null = null;

  const hasLog = level === "a change log";

  /** Without an origin: by another program. */
  function write(id: string, title: string, origin?: string | null): Note {
    const row = { id, title, version: log.rev + 1 };
    notes.set(id, row);
    log.update(row, origin);
    return row;
  }

  function answerNote(request: Request, note: Note, fields: Partial<Note>): Response {
    const seen = (fields as { expectedVersion?: number }).expectedVersion ?? note.version;
    const etag = `"${note.version}"`;
    const guard = request.headers.get("If-Match") ?? etag;
    if (hasLog && seen !== note.version) return new Response(null, { status: 409 });
    if (guard !== etag) return new Response(null, { status: 412 });
    const row =
      request.method === "PATCH"
        ? write(note.id, String(fields.title), request.headers.get("Tandem-Origin"))
        : note;
    const headers = {
      ...(hasLog && log.stamp()),
      ...(level === "validators" && { ETag: `"${row.version}"` }),
    };
    if (request.headers.get("If-None-Match") === etag)
      return new Response(null, { status: 304, headers });
    return Response.json(row, { headers });
  }

  function answerList(request: Request): Response {
    const headers = {
      ...(hasLog && log.stamp()),
      ...(level === "validators" && { ETag: `"${log.rev}"` }),
    };
    return request.headers.get("If-None-Match") === headers.ETag
      ? new Response(null, { status: 304, headers })
      : Response.json([...notes.values()], { headers });
  }

  const answer: TestServer = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/changes") && hasLog) return log.answer(request);
    const note = notes.get(pathname.replace(/^(\/api)?\/notes\//, ""));
    const isList = pathname === "/api/notes";
    if (!note && !isList) return new Response(null, { status: 404 });
    const response = note
      ? answerNote(request, note, await fieldsOf(request))
      : answerList(request);
    if (request.method !== "GET") return response;
    const size = (await response.clone().text()).length;
    answers.push({ status: response.status, size });
    await held;
    return response;
  };

  return {
    answer,
    answers,
    write,
    title: (id: string) => notes.get(id)?.title,
    ping: log.ping,
    /** Holds the answers to reads back, as they are at that moment, until what it returns is called. */
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

async function fieldsOf(request: Request): Promise<Partial<Note>> {
  return request.method === "PATCH" ? request.json() : {};
}
