import { spawn } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "#api/testing/free-ports.ts";
import { startJsonServer, stop, untilUp } from "./lib/json-server.ts";
import { option, quantile, report } from "./lib/report.ts";

/**
 * What a PATCH costs, by the size of the data file: alone, and 20 in parallel. The API in a process of its own, and
 * json-server's command on the same files.
 *
 *     npx tsx bench/write-size.ts [--patches 200] [--plain 20]
 */

const patches = option("patches", 200, 40);
/** Of json-server: it is slow. */
const plainPatches = option("plain", 20, 4);
const sizes = [1_000, 10_000, 100_000];
const parallel = 20;
const root = join(import.meta.dirname, "..");

const starts = {
  async Tandem(db: string) {
    const [port = 0] = await freePorts(1);
    const child = spawn(process.execPath, ["--import", "tsx", "api/main.ts"], {
      cwd: root,
      env: { ...process.env, DB: db, API_PORT: String(port), HOST: "localhost" },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const base = `http://localhost:${port}`;
    await untilUp(base);
    return { base, close: () => stop(child) };
  },
  "json-server": startJsonServer,
};

const idOf = (n: number) => `act-${String(n).padStart(6, "0")}`;

/** 250 bytes a row. */
function dataOf(rows: number): string {
  const activities = Array.from({ length: rows }, (_, n) => ({
    id: idOf(n),
    accountId: "acc-1",
    kind: "note",
    title: `Called back about the offer, number ${n}, and sent the papers`,
    at: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
    pinned: false,
    authorId: "usr-1",
  }));
  const account = { id: "acc-1", name: "Northgate", ownerId: "usr-1", plan: "Growth" };
  return `${JSON.stringify(
    {
      users: [{ id: "usr-1", name: "Maya" }],
      accounts: [{ ...account, status: "active", notes: "" }],
      activities,
    },
    null,
    2,
  )}\n`;
}

async function measure(url: string, rows: number, count: number, lanes: number): Promise<number[]> {
  const times: number[] = [];
  const lane = async (number: number) => {
    for (let n = 0; n < count / lanes; n += 1) {
      const id = idOf(((number * 7_919 + n) * 104_729) % rows);
      const body = JSON.stringify({ title: `Changed ${number}.${n}.${lanes}` });
      const startedAt = performance.now();
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`${url}/activities/${id}`, { method: "PATCH", headers, body });
      await answer.text();
      if (!answer.ok) throw new Error(`${id}: ${answer.status}`);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return times;
}

const results: [string, number, number[], number[], number][] = [];
for (const [name, start] of Object.entries(starts)) {
  const count = name === "Tandem" ? patches : plainPatches;
  for (const rows of sizes) {
    const folder = await mkdtemp(join(tmpdir(), "tandem-bench-"));
    const db = join(folder, "db.json");
    await writeFile(db, dataOf(rows));
    const startedAt = performance.now();
    const { base, close } = await start(db);
    const startMs = performance.now() - startedAt;
    await measure(base, rows, 5, 1);
    const alone = await measure(base, rows, count, 1);
    const together = await measure(base, rows, count, parallel);
    await close();
    results.push([name, rows, alone, together, startMs]);
    const megabytes = ((await stat(db)).size / 1e6).toFixed(1);
    console.error(`${name}: ${rows} rows, ${megabytes} MB`);
    await rm(folder, { recursive: true, force: true });
  }
}

const ms = (values: readonly number[], share: number) => quantile(values, share).toFixed(1);
report(
  "writes/patch",
  ["", "rows", "alone, p50", "p95", `${parallel} in parallel, p50`, "p95", "start"],
  results.map(([name, rows, alone, together, startMs]) => [
    name,
    rows.toLocaleString("en"),
    ...[alone, together].flatMap((times) => [ms(times, 0.5), ms(times, 0.95)]),
    `${startMs.toFixed(0)} ms`,
  ]),
);
const [small, , large] = results;
if (small && large) {
  const over = (at: 2 | 3, share: number) =>
    (quantile(large[at], share) / quantile(small[at], share)).toFixed(2);
  const ratios = ([2, 3] as const).flatMap((at) => [over(at, 0.5), over(at, 0.95)]);
  report(
    "writes/ratio",
    ["100,000 rows over 1,000", "p50", "p95"],
    [
      ["alone", ...ratios.slice(0, 2)],
      [`${parallel} in parallel`, ...ratios.slice(2)],
    ],
  );
}
