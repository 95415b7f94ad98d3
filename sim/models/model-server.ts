import { createRowStore, type FileState } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Document, Row } from "#api/rows/document.ts";
import { entriesOf } from "#api/rows/document.ts";
import { toServedDocument } from "#api/rows/served-rows.ts";
import { furtherEvents, logOf } from "#api/stream/change-stream.ts";
import { batchWrite } from "#api/writes/batch.ts";
import type { IdempotentAnswer } from "#api/writes/idempotent-answer.ts";
import { readAge } from "#api/writes/new-row-date.ts";
import { parseRowBody } from "#api/writes/row-body.ts";
import { changeRow, createRow, removeRow } from "#api/writes/row-writes.ts";
import { type RowWrite, runWrite } from "#api/writes/run-write.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { type Change, formatRevision } from "#sync/http";
import {
  catchUp,
  type Events,
  fingerprintOf,
  formatChanges,
  type IdempotencyKey,
  openEvents,
  readSince,
} from "#sync/server";
import type { Reply } from "./reply.ts";
import { seedDocument } from "./seed.ts";

export interface ModelServerOptions {
  /** Changes that the log keeps. */
  maxChanges: number;
  now: () => number;
  /** Called after each commit, and with no changes after each restart. */
  onCommit: (changes: readonly Change[]) => void;
}

/**
 * The API without disk and sockets: its own store, change log, transactions and change streams. Only the
 * reads are a model, of json-server's.
 */
export interface ModelServer {
  readonly epoch: string;
  readonly rev: number;
  readonly document: Document;
  read(path: string): Reply;
  write(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Reply;
  /** Commits several writes from outside, as a hand edit does. Writes that are refused are left out. */
  edit(writes: readonly RowWrite[]): void;
  /** Opens the change stream, as text. The server ends it with `onEnd`, the returned function from outside. */
  follow(path: string, write: (text: string) => void, onEnd: () => void): () => void;
  setFile(file: FileState): void;
  /** All streams end; without its log a new epoch begins. */
  restart(keepsLog: boolean): void;
}

export function createModelServer({ maxChanges, now, onCommit }: ModelServerOptions): ModelServer {
  const log = (line: string) => {
    throw new Error(line);
  };
  let epochs = 1;
  let store = createRowStore(
    { epoch: "epoch-1", rev: 100, document: seedDocument(100), changes: [], answers: [] },
    { now, log, maxChanges },
  );
  const streams = new Set<Events>();
  let view: { of: string; rows: Record<string, Row[]> } | null = null;

  function rows(resource: string): Row[] {
    const { document } = store.state();
    const revision = formatRevision(store.state());
    if (view?.of !== revision)
      view = {
        of: revision,
        rows: toServedDocument(document, store.counts) as Record<string, Row[]>,
      };
    return view.rows[resource] ?? [];
  }

  function reply(status: number, body: unknown, more: [string, string][] = []): Reply {
    const revision = formatRevision(store.state());
    return {
      status,
      headers: new Map([["tandem-revision", revision], ...more]),
      text: JSON.stringify(body),
    };
  }

  function commit(writes: readonly RowWrite[], key?: IdempotencyKey) {
    const { document, rev } = store.state();
    const transaction = createTransaction(document, rev, {
      counts: store.counts,
      logged: store.log.find,
      overviewMovedAt: store.overview.movedAt,
    });
    const fresh = new Map<string, IdempotentAnswer>();
    const more = { fresh, answers: store.answers, now, log };
    const landed = writes.map((write) => runWrite(transaction, { write, key }, more));
    const answers = [...fresh.values()];
    if (transaction.changes.length || answers.length)
      store.advance(
        {
          rev: transaction.rev(),
          steps: transaction.steps,
          overviewMovedAt: transaction.overviewMovedAt(),
        },
        transaction.changes,
        answers,
      );
    if (transaction.changes.length) onCommit(transaction.changes);
    return landed;
  }

  function list(resource: string, query: URLSearchParams): Reply {
    const limit = query.get("_limit");
    const start = Number(query.get("_start") ?? 0);
    const found = sorted(
      rows(resource).filter((row) => isFound(row, query)),
      query,
    );
    const answer = limit === null ? found : found.slice(start, start + Number(limit));
    return reply(200, answer, [["x-total-count", String(found.length)]]);
  }

  return {
    get epoch() {
      return store.state().epoch;
    },
    get rev() {
      return store.state().rev;
    },
    get document() {
      return store.state().document;
    },
    read(path) {
      const url = new URL(path, "http://localhost");
      const [resource = "", id] = url.pathname.slice(1).split("/");
      if (resource === "changes") {
        const asked = readSince(url.searchParams);
        const { status, body } =
          "refusal" in asked ? asked.refusal : catchUp(logOf(store), asked.since);
        return reply(status, body);
      }
      if (resource === "overview") {
        const [owner, today] = ["owner", "today"].map((name) => url.searchParams.get(name));
        return reply(200, store.overview.read(owner ?? null, today ?? ""));
      }
      if (id === undefined) return list(resource, url.searchParams);
      const row = rows(resource).find((each) => each.id === id);
      return row ? reply(200, row) : reply(404, { title: "Not found", status: 404 });
    },
    write(method, path, body, headers) {
      const [resource = "", id = ""] = path.slice(1).split("/");
      const fields = body as Record<string, unknown>;
      return refusing(() => {
        const age = readAge(headers["Tandem-Age"]);
        const ifMatch = headers["If-Match"];
        const options = { origin: headers["Tandem-Origin"], ifMatch, age, now };
        const write =
          resource === "batch"
            ? batchWrite(fields, (name) => store.state().document.has(name), options)
            : method === "POST"
              ? createRow(resource, parseRowBody(resource, "create", fields), options)
              : method === "DELETE"
                ? removeRow(resource, id, options)
                : changeRow(
                    resource,
                    id,
                    "patch",
                    parseRowBody(resource, "patch", fields),
                    options,
                  );
        const key = headers["Idempotency-Key"];
        const target = method === "POST" ? resource : `${method} ${resource}/${id}`;
        const landed = commit(
          [write],
          key === undefined ? undefined : { key, fingerprint: fingerprintOf(target, body) },
        )[0];
        const revision = { epoch: store.state().epoch, rev: landed?.rev ?? store.state().rev };
        return reply(landed?.status ?? 500, landed?.body, [
          ["tandem-revision", formatRevision(revision)],
          ["tandem-changes", formatChanges(landed?.changes ?? [])],
        ]);
      });
    },
    edit: (writes) => void commit(writes),
    follow(path, write, onEnd) {
      const query = new URL(path, "http://localhost").searchParams;
      const asked = readSince(query);
      if ("refusal" in asked) throw new Error(`No stream opens at ${path}`);
      // A simulated reader is never slow, and the model of the streams pings in virtual time.
      let events: Events | undefined;
      let isLeft = false;
      const takeAll = () => {
        for (let text = events?.take(); text; text = events?.take()) if (!isLeft) write(text);
      };
      events = openEvents({
        log: logOf(store),
        since: asked.since,
        further: furtherEvents(store),
        onReady: takeAll,
        onEnd() {
          if (events) streams.delete(events);
          takeAll();
          if (!isLeft) onEnd();
        },
      });
      streams.add(events);
      takeAll();
      return () => {
        isLeft = true;
        events?.close();
      };
    },
    setFile: (file) => store.setFile(file),
    restart(keepsLog) {
      for (const events of streams) events.close();
      const { epoch, rev, document } = store.state();
      const next = keepsLog ? rev : rev + 1;
      store = createRowStore(
        {
          epoch: keepsLog ? epoch : `epoch-${++epochs}`,
          rev: next,
          document: keepsLog ? document : withVersions(document, next),
          changes: keepsLog ? store.log.all() : [],
          answers: keepsLog ? store.answers.all() : [],
        },
        { now, log, maxChanges },
      );
      onCommit([]);
    },
  };

  function refusing(answer: () => Reply): Reply {
    try {
      return answer();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return reply(error.problem.status, error.problem);
    }
  }
}

/** The filters that tabs ask for, as json-server applies them. */
const equalFields = [
  ...["id", "accountId", "kind", "authorId", "pinned"],
  ...["ownerId", "plan", "status", "done", "assigneeId"],
];

/** Of a day of the row, in `renewalDate_gte` or `dueDate_lte`: what is missing is not within. */
function isWithin(row: Row, name: string, value: string): boolean {
  const [, field = "", bound] = /^(renewalDate|dueDate)_([gl]te)$/.exec(name) ?? [];
  if (!bound) return true;
  const own = row[field];
  return typeof own === "string" && (bound === "gte" ? own >= value : own <= value);
}

export function isFound(row: Row, query: URLSearchParams): boolean {
  const { version: _, ...stored } = row;
  const latest = query.get("at_lte");
  const earliest = query.get("at_gte");
  const text = query.get("q")?.toLowerCase();
  const like = query.get("name_like");
  const equals = (name: string) =>
    !query.has(name) || query.getAll(name).some((value) => value === String(row[name]));
  return (
    equalFields.every(equals) &&
    [...query].every(([name, value]) => isWithin(row, name, value)) &&
    (like === null || new RegExp(like, "i").test(String(row.name))) &&
    (latest === null || String(row.at) <= latest) &&
    (earliest === null || String(row.at) >= earliest) &&
    (text === undefined ||
      Object.values(stored).some((value) => value && String(value).toLowerCase().includes(text)))
  );
}

/** As json-server sorts: what is missing is last in ascending order. */
export function sorted(rows: readonly Row[], query: URLSearchParams): Row[] {
  const orders = query.get("_order")?.split(",") ?? [];
  const fields = query.get("_sort")?.split(",") ?? [];
  return rows.toSorted((a, b) => {
    for (const [at, field] of fields.entries()) {
      const [x, y] = [a[field], b[field]] as [string | undefined, string | undefined];
      if (x === y) continue;
      const isBefore = y === undefined || (x !== undefined && x < y);
      return isBefore === (orders[at] !== "desc") ? -1 : 1;
    }
    return 0;
  });
}

function withVersions(document: Document, version: number): Document {
  return new Map(
    [...document].map(([name]) => [
      name,
      {
        kind: "collection" as const,
        leftOut: [],
        entries: new Map(
          Array.from(entriesOf(document, name), ([id, { row }]) => [id, { row, version }] as const),
        ),
      },
    ]),
  );
}
