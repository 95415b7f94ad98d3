import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import { sql } from "kysely";
import type { Workspaces } from "#api/engine/workspaces.ts";
import { createAccess } from "#api/http/access.ts";
import { createApp } from "#api/http/create-app.ts";
import { createFaults } from "#api/http/faults.ts";
import { connect } from "#api/postgres/connect.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { openPostgres } from "#api/postgres/open-postgres.ts";
import { createServedWorkspaces } from "#api/routes/served-workspaces.ts";
import { smallData } from "#api/testing/data-file.ts";
import { createTestDatabase } from "#api/testing/start-postgres.ts";
import { createModelServer, type ModelServer } from "../models/model-server.ts";
import { outside } from "../models/outside.ts";
import { instant, seedDocument, today } from "../models/seed.ts";

/** One write of a schedule, by the path of its API. `age` is that of the version it expects: 0, the present one. */
interface Step {
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly expects: "nothing" | "a body" | "a tag";
  readonly age: number;
  readonly key: number | null;
}
type Act =
  | { readonly type: "write"; readonly step: Step; readonly replica: number }
  /** The write before is sent again, to any replica. */
  | { readonly type: "again"; readonly replica: number }
  | { readonly type: "sql"; readonly row: string; readonly what: "pin" | "title" | "remove" }
  | { readonly type: "restart"; readonly replica: number };

const now = () => Date.parse(instant(500));
const reads = [
  "/accounts",
  "/activities?accountId=a&_sort=at,id&_order=desc,desc&_start=0&_limit=10",
  "/activities?q=note&pinned=true",
  "/tasks?accountId=a",
  `/overview?today=${today}`,
];

const activity = fc.oneof(
  fc.nat(25).map((at) => `a${at}`),
  fc.nat(3).map((at) => `new${at}`),
);
const account = fc.constantFrom("a", "b", "c", "new-account", "nobody");
const title = fc.string({
  maxLength: 8,
  unit: fc.constantFrom("a", "Z", "é", "𝒳", " ", "'", "%", '"'),
});
const target = fc.oneof(
  fc.record({
    method: fc.constant("PATCH" as const),
    path: activity.map((id) => `/activities/${id}`),
    body: fc.oneof(
      fc.record({ pinned: fc.oneof(fc.boolean(), fc.constant("banana")) }),
      fc.record({ title }),
      fc.record({ accountId: account }),
      fc.record({ own: fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null) }),
    ),
  }),
  fc.record({
    method: fc.constant("PATCH" as const),
    path: account.map((id) => `/accounts/${id}`),
    body: fc.record({ notes: title, mrr: fc.nat(9), status: fc.constantFrom("active", "at risk") }),
  }),
  fc.record({
    method: fc.constant("PATCH" as const),
    path: fc.nat(3).map((at) => `/tasks/t${at}`),
    body: fc.record({ done: fc.boolean(), dueDate: fc.constantFrom("2026-01-05", null) }),
  }),
  fc.record({
    method: fc.constant("POST" as const),
    path: fc.constant("/activities"),
    body: fc.record({
      id: fc.nat(3).map((at) => `new${at}`),
      accountId: account,
      kind: fc.constant("note"),
      title: title.map((text) => `n${text}`),
      at: fc.nat(60).map(instant),
      pinned: fc.boolean(),
    }),
  }),
  fc.record({
    method: fc.constant("POST" as const),
    path: fc.constant("/accounts"),
    body: fc.constant({ id: "new-account", name: "New", plan: "Free", status: "trial", notes: "" }),
  }),
  fc.record({
    method: fc.constant("DELETE" as const),
    path: fc.oneof(
      activity.map((id) => `/activities/${id}`),
      account.map((id) => `/accounts/${id}`),
      fc.nat(3).map((at) => `/tasks/t${at}`),
    ),
    body: fc.constant({}),
  }),
  fc.record({
    method: fc.constant("POST" as const),
    path: fc.constant("/batch"),
    body: fc.array(activity, { minLength: 1, maxLength: 4 }).map((ids) => ({
      writes: ids.map((id, at) => ({
        ...{ method: at === 2 ? "DELETE" : "PATCH", resource: "activities", id },
        ...(at !== 2 && { body: { pinned: at % 2 === 0 } }),
      })),
    })),
  }),
);
const replica = fc.nat(1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant("write" as const),
      replica,
      step: fc
        .tuple(
          target,
          fc.constantFrom("nothing", "nothing", "a body", "a tag" as const),
          fc.nat(2),
          fc.option(fc.nat(2)),
        )
        .map(
          ([of, expects, age, key]): Step => ({
            ...of,
            expects: expects as Step["expects"],
            age,
            key,
          }),
        ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("again" as const), replica }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("sql" as const),
      row: activity,
      what: fc.constantFrom("pin" as const, "title" as const, "remove" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const), replica }) },
);

/**
 * Plays schedules of writes on two replicas of the real engine and on the simulation's model of a server: answers, rows and
 * the log must be the same after each step, at both replicas. Each schedule has a workspace of its own. Throws what
 * differs, with the shortest schedule that shows it.
 */
export async function compareWithPostgres(options: {
  /** Of a PostgreSQL of `startPostgres`. */
  url: string;
  runs: number;
  seed: number;
}): Promise<void> {
  const url = await createTestDatabase(options.url, Buffer.from(JSON.stringify(smallData)));
  const { db, close } = connect(url);
  const replicas = [await startReplica(url), await startReplica(url)];
  let schedules = 0;

  async function play(acts: readonly Act[]): Promise<void> {
    schedules += 1;
    const workspace = `s${schedules}`;
    const model = createModelServer({ maxChanges: 5_000, now, onCommit() {} });
    let known = model.rev;
    // An import is a revision. Both begin at the same one, so that refusals name the same versions.
    await db
      .insertInto("workspaces")
      .values({ id: workspace, head: known - 1 })
      .execute();
    await importDocument(db, workspace, seedDocument(0));
    for (const one of replicas) await one.reaches(workspace, known);
    let last: (() => Promise<void>) | null = null;
    let turn = schedules;

    async function compareReads(paths: readonly string[]): Promise<void> {
      const compare = async (one: Replica) => {
        const { epoch, readAt } = await one.reaches(workspace, model.rev);
        const compareJson = async (path: string, ofModel: string) => {
          const { json } = await one.ask(workspace, "GET", path);
          same(path, plain(json), plain(JSON.parse(ofModel), { epoch, readAt }));
        };
        for (const path of paths) await compareJson(path, model.read(path).text);
        const since = `/changes?since=${model.epoch}.${known}`;
        await compareJson(since.replace(model.epoch, epoch), model.read(since).text);
      };
      await Promise.all(replicas.map(compare));
    }

    async function write(step: Step, at: number): Promise<void> {
      const { body, headers } = withExpectation(step, model);
      const ofModel = model.write(step.method, step.path, body, headers);
      const one = replicas[at] as Replica;
      const answer = await one.ask(workspace, step.method, step.path, body, headers);
      const reached = await one.reaches(workspace, model.rev);
      // One that finds itself done names the change that did it, of before a restart without counts.
      const told = (json: unknown, as?: Reached) => plain(withoutCounts(json, known), as);
      same(
        `${step.method} ${step.path} ${JSON.stringify(body)}`,
        [answer.status, told(answer.json)],
        [ofModel.status, told(JSON.parse(ofModel.text), reached)],
      );
    }

    for (const each of acts) {
      if (each.type === "restart") {
        await replicas[each.replica]?.close();
        replicas[each.replica] = await startReplica(url);
        // Read from the database, changes have no counts.
        known = model.rev;
      } else if (each.type === "again") await last?.();
      else if (each.type === "sql") await byHand(each, workspace, model);
      else {
        const { step } = each;
        await write(step, each.replica);
        last = () => write(step, 1 - each.replica);
      }
      turn += 1;
      await compareReads([reads[turn % reads.length] ?? ""]);
    }
    await compareReads(reads);
  }

  /** What a person does with `psql`, and the same from outside of the model. */
  async function byHand(
    { row, what }: Extract<Act, { type: "sql" }>,
    workspace: string,
    model: ModelServer,
  ): Promise<void> {
    const of = sql`workspace = ${workspace} and id = ${row}`;
    if (what === "remove") {
      await sql`delete from activities where ${of}`.execute(db);
      model.edit([outside.remove("activities", row)]);
    } else if (what === "pin") {
      await sql`update activities set pinned = true where ${of} and not pinned`.execute(db);
      model.edit([outside.change("activities", row, { pinned: true })]);
    } else {
      await sql`update activities set title = 'By hand' where ${of}`.execute(db);
      model.edit([outside.change("activities", row, { title: "By hand" })]);
    }
  }

  try {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), play), {
      numRuns: options.runs,
      seed: options.seed,
      endOnFailure: false,
    });
  } finally {
    for (const one of replicas) await one.close();
    await close();
  }
}

type Replica = Awaited<ReturnType<typeof startReplica>>;

/** A replica that serves each workspace to whoever names it. */
async function startReplica(url: string) {
  const workspaces: Workspaces = await openPostgres({ url, maxChanges: 5_000, now, log() {} });
  const access = createAccess({ allowedHosts: [], allowedOrigins: [] });
  const served = createServedWorkspaces(workspaces, {
    setCorsHeaders: access.setCorsHeaders,
    publicOrigin: undefined,
    pingMs: 10_000,
    maxStreams: 10,
    build: undefined,
    faults: createFaults(),
    allowFaults: false,
    log() {},
  });
  /** The revision at which the rows of each workspace were read. */
  const readAt = new Map<string, number>();
  async function open(workspace: string) {
    const opened = await served.open(workspace);
    if (!readAt.has(workspace)) readAt.set(workspace, opened.engine.store.state().rev);
    return opened;
  }
  const app = createApp(
    async (req, res, next) => {
      const { routes } = await open(req.get("X-Workspace") ?? "");
      await routes.api(req, res, next);
    },
    { access, revision: () => undefined, log: console.error },
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async ask(
      workspace: string,
      method: string,
      path: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const response = await fetch(base + path, {
        method,
        headers: { ...headers, "X-Workspace": workspace, "Content-Type": "application/json" },
        ...(method !== "GET" && method !== "DELETE" && { body: JSON.stringify(body) }),
      });
      return { status: response.status, json: (await response.json()) as unknown };
    },
    /** Resolves when this replica has followed the log up to a revision. */
    async reaches(workspace: string, rev: number): Promise<Reached> {
      const { store } = (await open(workspace)).engine;
      if (store.state().rev < rev)
        await new Promise<void>((resolve) => {
          const forget = store.subscribe({
            changed() {
              if (store.state().rev < rev) return;
              forget();
              resolve();
            },
          });
        });
      return { epoch: store.state().epoch, readAt: readAt.get(workspace) ?? 0 };
    },
    async close() {
      served.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await workspaces.close();
    },
  };
}

/** The version that a write expects is that of the row, or one that it had before. */
function withExpectation({ path, body, expects, age, key, method }: Step, model: ModelServer) {
  const isOfRow = path.split("/").length === 3 && method !== "POST";
  const row = isOfRow ? JSON.parse(model.read(path).text) : {};
  const version = Number(row.version ?? 100) - age;
  return {
    body:
      isOfRow && method === "PATCH" && expects === "a body"
        ? { ...body, expectedVersion: version }
        : body,
    headers: {
      ...(isOfRow && expects === "a tag" && { "If-Match": `"version-${version}"` }),
      ...(key !== null && { "Idempotency-Key": `key-${key}` }),
    },
  };
}

/** Either dates what is done by its own clock. */
const dates = new Set(["doneAt"]);

/** How a replica has followed a workspace. */
interface Reached {
  readonly epoch: string;
  /** It does not know when the overview moved before that, and names this revision. */
  readonly readAt: number;
}

/** JSON as either stores it: PostgreSQL leaves out fields that are null, and orders fields. Of the model, as a replica has it. */
function plain(value: unknown, as?: Reached, name = ""): unknown {
  if (dates.has(name) && typeof value === "string") return "a date";
  if (as && name === "epoch") return as.epoch;
  if (as && name === "movedAt") return Math.max(Number(value), as.readAt);
  if (Array.isArray(value)) return value.map((each) => plain(each, as));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value)
    .filter(([, each]) => each !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([field, each]) => [field, plain(each, as, field)]));
}

/** Leaves out what was derived from the changes up to a revision. */
function withoutCounts(value: unknown, upTo: number): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutCounts(each, upTo));
  if (typeof value !== "object" || value === null) return value;
  const isOld = "rev" in value && Number(value.rev) <= upTo;
  const fields = Object.entries(value).filter(([name]) => !(isOld && name === "derived"));
  return Object.fromEntries(fields.map(([name, each]) => [name, withoutCounts(each, upTo)]));
}

function same(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}\nPostgreSQL: ${one}\nthe model:  ${other}`);
}
