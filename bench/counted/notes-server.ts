import { createMemoryLog } from "../../sync/fixtures/memory-log.ts";

export interface Note {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

/** Rows, and those of one page of a feed. */
const count = 100;
export const pageSize = 10;
const text = "A line of text, as long as people write them in a note.";

/** 100 notes, from memory: a list of twenty, each by itself, and a feed of pages. Beside them what no note changes. */
export function createNotesServer({ hasLog = false, hasTags = false } = {}) {
  const notes = Array.from({ length: count }, (_, at): Note => {
    return { id: `${at}`, title: `${text} ${at}`, version: 0 };
  });
  const log = createMemoryLog();
  const answered = { requests: 0, bytes: 0 };
  const state = { refuses: false };

  function write(id: string, title: string, origin?: string | null) {
    const row = { id, title, version: log.rev + 1 };
    notes[Number(id)] = row;
    log.update(row, origin);
  }

  function read(path: string, page: number): readonly Note[] | Note | undefined {
    if (path === "/notes") return notes.slice(0, 20);
    if (path === "/feed") return notes.slice(page * pageSize, (page + 1) * pageSize);
    if (path === "/others") return notes.slice(80).map((note) => ({ ...note, version: 0 }));
    return notes[Number(path.replace("/notes/", ""))];
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/changes") return log.answer(request);
    if (request.method === "PATCH") {
      if (state.refuses) return new Response(null, { status: 500 });
      const { title } = (await request.json()) as Note;
      const origin = request.headers.get("Tandem-Origin");
      write(pathname.replace("/notes/", ""), title, origin);
    }
    const rows = read(pathname, Number(searchParams.get("page")));
    if (!rows) return new Response(null, { status: 404 });
    const etag = `"${Math.max(...[rows].flat().map(({ version }) => version))}"`;
    const headers = { ...(hasLog && log.stamp()), ...(hasTags && { ETag: etag }) };
    const isSame = request.headers.get("If-None-Match") === etag;
    const body = isSame ? "" : JSON.stringify(rows);
    if (request.method === "GET") {
      answered.requests++;
      answered.bytes += body.length;
    }
    return isSame ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
  }

  return {
    answer,
    answered,
    state,
    write,
    ping: log.ping,
  };
}
