import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { formatRevision, type Revision } from "#sync/http";
import { eventually } from "./eventually.ts";
import { type ServerProcess, startServer } from "./server-process.ts";
import { createTestDatabase, type TestPostgres } from "./start-postgres.ts";

export interface FailoverResult {
  acknowledged: number;
  /** Acknowledged notes that are not there at the end, and those that are there more than once. */
  lost: string[];
  doubled: string[];
  /** What a stream was told out of order, twice or with a hole, and streams that were told to read everything again. */
  outOfOrder: string[];
  resets: number;
  /** Streams that have the head at the end. */
  level: number;
  reconnects: number;
}

interface Reader {
  /** The last revision that it was told. */
  position(): number;
  close(): void;
}

/**
 * Two replicas on one database, with streams and writers at both. In each round one replica is killed, PostgreSQL is
 * stopped at once and started, and the other replica is killed; each starts again. A writer sends a note until it is
 * answered, to either replica, under one key.
 */
export async function failover(options: {
  main: string;
  postgres: TestPostgres;
  file: Uint8Array;
  streams: number;
  writers: number;
  rounds: number;
  /** How long each state lasts, in milliseconds. */
  pauseMs: number;
}): Promise<FailoverResult> {
  const { main, postgres, streams, writers, rounds, pauseMs } = options;
  const DATABASE_URL = await createTestDatabase(postgres.url, options.file);
  const start = (port = "0") => startServer(main, { DATABASE_URL, API_PORT: port });
  const replicas = [await start(), await start()];
  const bases = replicas.map(({ base }) => base);
  const result: FailoverResult = {
    acknowledged: 0,
    lost: [],
    doubled: [],
    outOfOrder: [],
    resets: 0,
    level: 0,
    reconnects: 0,
  };
  const begin = await status(bases[0] ?? "");
  const readers = Array.from({ length: streams }, (_, index) =>
    readStream(bases, index, begin, result),
  );
  const titles: string[] = [];
  let isOver = false;

  async function write(writer: number): Promise<void> {
    for (let n = 0; !isOver; n += 1) {
      const title = `note ${writer}-${n}`;
      for (let attempt = writer; ; attempt += 1) {
        if (await post(bases[attempt % bases.length] ?? "", title)) break;
        await pause(50);
      }
      titles.push(title);
    }
  }

  async function restart(index: number): Promise<void> {
    const killed = replicas[index];
    killed?.child.kill("SIGKILL");
    await killed?.exited;
    await pause(pauseMs);
    replicas[index] = await startAgain(start, new URL(bases[index] ?? "").port);
  }

  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  for (let round = 0; round < rounds; round += 1) {
    await restart(0);
    await pause(pauseMs);
    await postgres.crash();
    await pause(pauseMs);
    await postgres.start();
    await pause(pauseMs);
    await restart(1);
    await pause(pauseMs);
  }
  isOver = true;
  await writing;

  const [base = ""] = bases;
  const end = (await status(base)).rev;
  const isLevel = (reader: Reader) => reader.position() === end;
  await eventually(() => {
    const level = readers.filter(isLevel).length;
    if (level < readers.length) throw new Error(`${level} of ${readers.length} are level`);
  }, 60_000).catch(() => {});
  result.level = readers.filter(isLevel).length;
  for (const reader of readers) reader.close();
  const rows = (await (await fetch(`${base}/activities?kind=failover`)).json()) as {
    title: string;
  }[];
  const counts = new Map<string, number>();
  for (const { title } of rows) counts.set(title, (counts.get(title) ?? 0) + 1);
  result.acknowledged = titles.length;
  result.lost = titles.filter((title) => !counts.has(title));
  result.doubled = [...counts].filter(([, count]) => count > 1).map(([title]) => title);
  for (const { child } of replicas) child.kill("SIGKILL");
  return result;
}

/** A replica that starts while PostgreSQL does is refused, and its supervisor tries again. */
async function startAgain(
  start: (port: string) => Promise<ServerProcess>,
  port: string,
): Promise<ServerProcess> {
  for (let tries = 0; ; tries += 1) {
    const server = await start(port);
    if (server.base !== "") return server;
    if (tries === 20) throw new Error(`a replica does not start: ${server.err()}`);
    await pause(200);
  }
}

async function status(base: string): Promise<Revision> {
  const { epoch, head } = (await (await fetch(`${base}/status`)).json()) as {
    epoch: string;
    head: number;
  };
  return { epoch, rev: head };
}

async function post(base: string, title: string): Promise<boolean> {
  try {
    const response = await fetch(`${base}/activities`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": title.replace(" ", "-") },
      body: JSON.stringify({ accountId: "acc-1", kind: "failover", title }),
    });
    await response.text();
    if (response.status !== 201 && ![503, 504].includes(response.status))
      throw new Error(`a note was answered with ${response.status}`);
    return response.status === 201;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** A stream that goes to the other replica when it breaks, and resumes there. */
function readStream(
  bases: readonly string[],
  index: number,
  start: Revision,
  result: FailoverResult,
): Reader {
  let position = start.rev;
  let lastId = formatRevision(start);
  let attempt = index;
  let request: http.ClientRequest | null = null;
  let isClosed = false;

  function take(event: string): void {
    const name = /^event: (.*)$/m.exec(event)?.[1];
    const id = /^id: (.*)$/m.exec(event)?.[1];
    if (id) lastId = id;
    if (name === "reset") result.resets += 1;
    if (name !== "changes") return;
    const { changes } = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "{}") as {
      changes: { rev: number }[];
    };
    for (const { rev } of changes) {
      if (rev !== position + 1) result.outOfOrder.push(`${rev} after ${position}`);
      position = rev;
    }
  }

  function open(): void {
    if (isClosed) return;
    const next = http.get(`${bases[attempt % bases.length]}/changes`, {
      agent: false,
      headers: { Accept: "text/event-stream", "Last-Event-ID": lastId },
    });
    request = next;
    let text = "";
    let isGone = false;
    const again = () => {
      if (isGone || isClosed) return;
      isGone = true;
      result.reconnects += 1;
      attempt += 1;
      setTimeout(open, 100);
    };
    next.on("error", again);
    next.on("response", (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      });
      response.on("error", () => {});
      response.on("close", again);
    });
  }

  open();
  return {
    position: () => position,
    close() {
      isClosed = true;
      request?.destroy();
    },
  };
}
