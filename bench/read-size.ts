import type { ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildServer, startServer } from "#api/testing/server-process.ts";
import { createDataText } from "./lib/data-files.ts";
import { startJsonServer } from "./lib/json-server.ts";
import { option, quantile, report, rotate } from "./lib/report.ts";

/**
 * Reads of a small file (28 accounts, 3,200 activities) and of a large one, by the API and by plain json-server, in turns;
 * then the memory of the API against the size of its file. A round writes one pin to each file first with `--write 1`.
 *
 *     npx tsx bench/read-size.ts [--rounds 100] [--accounts 20000] [--activities 100000] [--plain 1] [--write 0]
 */

const rounds = option("rounds", 100, 3);
const writes = option("write", 0) === 1;
const small = { accounts: 28, activities: 3_200 };
const large = { accounts: option("accounts", 20_000), activities: option("activities", 100_000) };
const newestFirst = "&_sort=at,id&_order=desc,desc";

interface Asked {
  readonly name: string;
  readonly server: "api" | "plain";
  readonly size: "small" | "large";
  readonly base: string;
  readonly file: string;
  readonly child: ChildProcess;
}

const folder = await mkdtemp(join(tmpdir(), "tandem-reads-"));
const { main, remove } = await buildServer("reads");
const agent = new Agent({ keepAlive: true });
const servers: Asked[] = [];
for (const [size, count] of Object.entries({ small, large })) {
  const kinds = option("plain", 1) === 1 ? (["api", "plain"] as const) : (["api"] as const);
  for (const server of kinds) {
    const file = join(folder, `${size}-${server}.json`);
    await writeFile(file, createDataText(count.accounts, count.activities));
    const started = await (server === "api" ? startApi(file) : startJsonServer(file));
    servers.push({
      name: `${server}, ${size}`,
      server,
      size: size as Asked["size"],
      file,
      ...started,
    });
  }
}
const memoryAtStart = await memory();

const cursor = async ({ base, server }: Asked) => {
  const order = server === "plain" ? newestFirst : "";
  const rows = JSON.parse(await ask(`${base}/activities?accountId=acc-01&_limit=20${order}`));
  return String((rows as { at: string }[]).at(-1)?.at);
};
const cursors = new Map<Asked, string>();
for (const server of servers) cursors.set(server, await cursor(server));

/** What each question asks for, in the round with this number. */
const questions: Readonly<Record<string, (asked: Asked, round: number) => string>> = {
  "feed of an account, first page": ({ server }) =>
    `/activities?accountId=acc-01&_limit=10${server === "plain" ? newestFirst : ""}`,
  "feed of an account, third page": (asked) =>
    `/activities?accountId=acc-01&at_lte=${cursors.get(asked)}&_limit=11${asked.server === "plain" ? newestFirst : ""}`,
  "feed of all accounts, first page": ({ server }) =>
    `/activities?_limit=10${server === "plain" ? newestFirst : ""}`,
  "an account": () => "/accounts/acc-20",
  "accounts, first page": () => "/accounts?_page=1&_limit=20",
  "search of accounts, a name": (_, round) =>
    `/accounts?q=${pick(["kestrel", "oakhurst school", "nimbus we", "tessera"], round)}&_page=1&_limit=20`,
  "search of accounts, a word of many": (_, round) =>
    `/accounts?q=${pick(["growth", "active", "renewal", "enterprise"], round)}&_page=1&_limit=20`,
  "search of accounts, one or two letters": (_, round) =>
    `/accounts?q=${pick(["no", "k", "be", "o"], round)}&_page=1&_limit=20`,
};
const pick = (values: readonly string[], round: number) =>
  encodeURIComponent(values[round % values.length] ?? "");

const times = new Map<string, number[]>();
const firsts = new Map<string, number>();
for (let round = -2; round < rounds; round += 1) {
  for (const [question, path] of Object.entries(questions)) {
    for (const asked of rotate(servers, Math.max(0, round))) {
      if (writes && asked.server === "api") await pin(asked, round);
      const start = performance.now();
      await ask(asked.base + path(asked, Math.max(0, round)));
      const ms = performance.now() - start;
      const key = `${question}|${asked.name}`;
      if (round === -2) firsts.set(key, ms);
      // The first two rounds make the indexes and warm the code.
      if (round >= 0) times.set(key, [...(times.get(key) ?? []), ms]);
    }
  }
}

const of = (question: string, name: string) => times.get(`${question}|${name}`) ?? [];
const both = (values: readonly number[]) =>
  values.length === 0
    ? "-"
    : `${quantile(values, 0.5).toFixed(2)} / ${quantile(values, 0.95).toFixed(2)}`;
const ratio = (question: string, server: string, share: number) => {
  const [a, b] = [of(question, `${server}, large`), of(question, `${server}, small`)];
  return a.length === 0 ? "-" : (quantile(a, share) / quantile(b, share)).toFixed(2);
};
report(
  "reads/by-size",
  [
    `${rounds} each, ms: p50 / p95`,
    "small file",
    "large file",
    "ratio p50",
    "ratio p95",
    "the first of the large file",
    "json-server, small",
    "json-server, large",
    "ratio p50",
  ],
  Object.keys(questions).map((question) => [
    question,
    both(of(question, "api, small")),
    both(of(question, "api, large")),
    ratio(question, "api", 0.5),
    ratio(question, "api", 0.95),
    firsts.get(`${question}|api, large`)?.toFixed(1),
    both(of(question, "plain, small")),
    both(of(question, "plain, large")),
    ratio(question, "plain", 0.5),
  ]),
);
const memoryAtEnd = await memory();
report(
  "reads/memory",
  ["", "file, MB", "memory after the start, MB", "after the reads, MB", "by the size of the file"],
  servers.map((asked, at) => {
    const [file, start, end] = [
      memoryAtEnd[at]?.file,
      memoryAtStart[at]?.rss,
      memoryAtEnd[at]?.rss,
    ];
    const numbers = [file, start, end].map((value) => value?.toFixed(1));
    return [asked.name, ...numbers, ((end ?? 0) / (file ?? 1)).toFixed(1)];
  }),
);

for (const { child } of servers) child.kill();
agent.destroy();
remove();
await rm(folder, { recursive: true, force: true });

async function startApi(file: string) {
  const { child, base, err } = await startServer(main, { DB: file });
  if (base === "") throw new Error(err());
  return { child, base };
}

function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url}: ${response.statusCode} ${text}`));
      });
    }).on("error", reject);
  });
}

async function pin({ base }: Asked, round: number): Promise<void> {
  await fetch(`${base}/activities/act-0100`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ pinned: round % 2 === 0 }),
  });
}

/** Resident memory and size of the data file, in MB, by server. */
function memory() {
  return Promise.all(
    servers.map(async ({ child, file }) => {
      const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
      const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
      return { rss, file: (await stat(file)).size / 1e6 };
    }),
  );
}
