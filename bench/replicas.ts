import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "#api/engine/engine.ts";
import { readDocument } from "#api/file/read-document.ts";
import { connect } from "#api/postgres/connect.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { openPostgres } from "#api/postgres/open-postgres.ts";
import { buildServer, type ServerProcess, startServer } from "#api/testing/server-process.ts";
import { createTestDatabase, startPostgres } from "#api/testing/start-postgres.ts";
import type { RowWrite } from "#api/writes/run-write.ts";
import { createDataText } from "./lib/data-files.ts";
import { startJsonServer } from "./lib/json-server.ts";
import { option, percentiles, report } from "./lib/report.ts";

/**
 * Two replicas on PostgreSQL, beside the file engine and json-server's command: from a write until its event is at every reader
 * of the change stream, and how many writes a second. Servers are processes of their own; all readers are in this one, which
 * counts against those of many streams.
 *
 *     npx tsx bench/replicas.ts [--writes 100] [--seconds 5]
 */

const writes = option("writes", 100, 5);
const seconds = option("seconds", 5, 1);
const streamCounts = [1, 100, 1_000];
const writers = 16;
/** At engines, whose turns take all writes that wait: with few writers eight workspaces would have turns of one write. */
const writersAtEngines = 128;
const workspaces = Array.from({ length: 8 }, (_, n) => `ws-${n}`);
const text = createDataText(28, 1_000);
const ids = (JSON.parse(text) as { activities: { id: string }[] }).activities.map(({ id }) => id);
const idOf = (n: number) => ids[(n * 7_919) % ids.length] as string;

interface Setup {
  readonly name: string;
  readonly bases: readonly string[];
  close(): Promise<void>;
}

/** Sends a PATCH. Returns the revision of its answer. */
async function patch(base: string, id: string, title: string): Promise<number> {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ title });
  const answer = await fetch(`${base}/activities/${id}`, { method: "PATCH", headers, body });
  await answer.text();
  if (!answer.ok) throw new Error(`PATCH ${id}: ${answer.status}`);
  return Number(answer.headers.get("tandem-revision")?.split(".").at(-1));
}

/** Reads a change stream, and calls `onRev` with the revision of each event. Resolves once it is open. */
function readStream(base: string, onRev: (rev: number) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const headers = { Accept: "text/event-stream" };
    // Without an agent: each has a connection of its own.
    const request = http.get(`${base}/changes`, { headers, agent: false }, (response) => {
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const rev = /^id: ?.*\.(\d+)$/.exec(line)?.[1];
          if (rev) onRev(Number(rev));
        }
      });
      response.on("error", () => {});
      if (response.statusCode === 200) resolve(() => request.destroy());
      else reject(new Error(`${base}/changes: ${response.statusCode}`));
    });
    request.on("error", reject);
  });
}

/** Milliseconds from the moment a write is sent until its event has arrived, for each write and stream. */
async function measureEvents({ bases }: Setup, streams: number): Promise<number[]> {
  const arrivals = new Map<number, number[]>();
  const onRev = (rev: number) => {
    const at = performance.now();
    const all = arrivals.get(rev);
    if (all) all.push(at);
    else arrivals.set(rev, [at]);
  };
  const open = Array.from({ length: streams }, (_, n) =>
    readStream(bases[n % bases.length] as string, onRev),
  );
  const closers = await Promise.all(open);
  const times: number[] = [];
  const base = bases[0] as string;
  await patch(base, idOf(0), "Before the first");
  await pause(500);
  for (let n = 0; n < writes; n += 1) {
    const sentAt = performance.now();
    const rev = await patch(base, idOf(n), `Event ${streams}.${n}`);
    while ((arrivals.get(rev)?.length ?? 0) < streams) {
      if (performance.now() - sentAt > 20_000) throw new Error(`revision ${rev} is not everywhere`);
      await pause(1);
    }
    for (const at of arrivals.get(rev) ?? []) times.push(at - sentAt);
  }
  for (const close of closers) close();
  return times;
}

/** Writes a second, of writers who each wait for an answer before the next. */
async function measureRate(
  count: number,
  write: (writer: number, n: number) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const work = async (writer: number) => {
    for (let n = 0; performance.now() < end; n += 1) {
      await write(writer, n);
      done += 1;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: count }, (_, writer) => work(writer)));
  return (done / (performance.now() - startedAt)) * 1000;
}

const rateOver = ({ bases }: Setup) =>
  measureRate(writers, (writer, n) =>
    patch(bases[writer % bases.length] as string, idOf(writer * 61 + n), `Rate ${writer}.${n}`),
  );

async function stopped(server: ServerProcess): Promise<void> {
  server.child.kill("SIGTERM");
  await server.exited;
}

async function onPostgres(main: string, url: string, count: number): Promise<Setup> {
  const database = await createTestDatabase(url, Buffer.from(text));
  const servers: ServerProcess[] = [];
  for (let n = 0; n < count; n += 1)
    servers.push(await startServer(main, { DATABASE_URL: database }));
  return {
    name: count === 1 ? "PostgreSQL, one replica" : `PostgreSQL, ${count} replicas`,
    bases: servers.map(({ base }) => base),
    close: async () => void (await Promise.all(servers.map(stopped))),
  };
}

async function onFile(main: string, db: string): Promise<Setup> {
  writeFileSync(db, text);
  const server = await startServer(main, { DB: db });
  return { name: "a data file", bases: [server.base], close: () => stopped(server) };
}

async function onJsonServer(db: string): Promise<Setup> {
  writeFileSync(db, text);
  const { base, close } = await startJsonServer(db);
  return { name: "json-server's command", bases: [base], close };
}

/** Writes a second into one workspace and into eight, by two replicas without HTTP: two sets of engines in this process. */
async function measureWorkspaces(url: string): Promise<[one: number, eight: number]> {
  const database = await createTestDatabase(url, Buffer.from(text));
  const { db, close } = connect(database);
  for (const workspace of workspaces)
    await importDocument(db, workspace, readDocument(Buffer.from(text), 0));
  await close();
  const options = { url: database, maxChanges: 5_000, now: Date.now, log: console.error };
  const replicas = [await openPostgres(options), await openPostgres(options)];
  const engines = await Promise.all(
    workspaces.map((each) => Promise.all(replicas.map((replica) => replica.open(each)))),
  );
  const rateOf = (used: readonly (readonly Engine[])[]) =>
    measureRate(writersAtEngines, async (writer, n) => {
      const replicasOf = used[writer % used.length] ?? [];
      const engine = replicasOf[Math.floor(writer / used.length) % replicasOf.length];
      const result = await engine?.submit(change(idOf(writer * 61 + n), `Rate ${writer}.${n}`));
      if (result?.status !== 200) throw new Error(`a write was refused: ${result?.status}`);
    });
  const rates: [number, number] = [await rateOf(engines.slice(0, 1)), await rateOf(engines)];
  await Promise.all(replicas.map((replica) => replica.close()));
  return rates;
}

function change(id: string, title: string): RowWrite {
  return (transaction) => {
    const row = transaction.entry("activities", id)?.row;
    if (!row) throw new Error(`There is no activity ${id}`);
    const changes = transaction.put({ resource: "activities", id, row: { ...row, title } });
    return { status: 200, body: null, changes };
  };
}

const folder = mkdtempSync(join(tmpdir(), "tandem-bench-"));
const { main, remove } = await buildServer("bench-replicas");
const postgres = await startPostgres();
try {
  const setups = [
    () => onPostgres(main, postgres.url, 2),
    () => onPostgres(main, postgres.url, 1),
    () => onFile(main, join(folder, "tandem.json")),
    () => onJsonServer(join(folder, "plain.json")),
  ];
  const events: string[][] = [];
  const rates: string[][] = [];
  for (const open of setups) {
    const setup = await open();
    console.error(setup.name);
    const hasStream = setup.name !== "json-server's command";
    const cells = [];
    for (const streams of hasStream ? streamCounts : [])
      cells.push(percentiles(await measureEvents(setup, streams)));
    if (hasStream) events.push([setup.name, ...cells]);
    rates.push([setup.name, (await rateOver(setup)).toFixed(0)]);
    await setup.close();
  }
  const [one, eight] = await measureWorkspaces(postgres.url);
  const head = streamCounts.map((count) =>
    count === 1 ? "one stream" : `${count.toLocaleString("en")} streams`,
  );
  report(
    "replicas/events",
    [`ms from the write, ${writes} writes, p50 / p95 / p99`, ...head],
    events,
  );
  report(
    "replicas/writes",
    [`${writers} writers over HTTP, ${seconds} s`, "writes a second"],
    rates,
  );
  report(
    "replicas/workspaces",
    [
      `${writersAtEngines} writers at two replicas, without HTTP, ${seconds} s`,
      "writes a second",
      "ratio",
    ],
    [
      ["one workspace", one.toFixed(0), "1.00"],
      ["eight workspaces", eight.toFixed(0), (eight / one).toFixed(2)],
    ],
  );
} finally {
  await postgres.remove();
  remove();
  rmSync(folder, { recursive: true, force: true });
}
