import fs from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createApi } from "#api/create-api.ts";
import { readDocument } from "#api/file/read-document.ts";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { revOf, serveApi, type TestApi } from "#api/testing/start-api.ts";
import {
  createTestDatabase,
  exportedText,
  startPostgres,
  type TestPostgres,
} from "#api/testing/start-postgres.ts";
import { openStream } from "#api/testing/stream-client.ts";
import { connect } from "./connect.ts";
import { importDocument } from "./import-document.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

const data = {
  ...smallData,
  own: [
    { id: 1, text: "a" },
    { id: 2, text: "b", accountId: "acc-1" },
  ],
  settings: { theme: "dark" },
  $schema: "x",
};

async function makeDatabase(content: unknown = data): Promise<string> {
  return createTestDatabase(postgres.url, fs.readFileSync(makeFile(content)));
}

async function startReplica(databaseUrl: string): Promise<TestApi> {
  const lines: string[] = [];
  const api = await createApi({ databaseUrl, log: (line) => lines.push(line) });
  return serveApi(api, { file: "", lines }, onTestFinished);
}

/** What a person does with psql. */
async function psql(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const changesOf = async (api: TestApi, since: string) =>
  (await api.get(`/changes?since=${since}`)).json.changes as Record<string, unknown>[];

test("a write at one replica and a change by SQL reach both, as the same changes", async () => {
  const url = await makeDatabase();
  const [a, b] = [await startReplica(url), await startReplica(url)];
  const { revision } = await a.get("/status");
  const [streamA, streamB] = [await openStream(a), await openStream(b)];
  for (const stream of [streamA, streamB]) for (const _ of [1, 2]) await stream.next();

  await a.call("PATCH", "/activities/act-02", { pinned: true }, { "Tandem-Origin": "tab-1" });
  const first = await streamA.next();
  expect(first.data.changes).toMatchObject([
    { id: "act-02", origin: "tab-1", derived: { "accounts/acc-1": { pinnedCount: 2 } } },
  ]);
  expect(await streamB.next()).toEqual(first);

  const client = await psql(url);
  await client.query("update activities set pinned = true where account_id = 'acc-2'");
  const byHand = await streamB.next();
  expect(byHand.data.changes).toHaveLength(4);
  expect(await streamA.next()).toEqual(byHand);
  expect((await a.get("/accounts/acc-2")).json).toMatchObject({ pinnedCount: 4 });

  // A replica that starts later resumes where another one was.
  const c = await startReplica(url);
  const known = await changesOf(a, revision);
  expect((await changesOf(c, revision)).map(({ rev, id }) => [rev, id])).toEqual(
    known.map(({ rev, id }) => [rev, id]),
  );
});

test("who is there is told by every replica, whichever a tab reports to", async () => {
  const url = await makeDatabase();
  const [a, b] = [await startReplica(url), await startReplica(url)];
  const tab = { tabId: "t1", windowId: "w1", userId: null, accountId: "acc-1", isEditing: false };
  const listed = async (api: TestApi) => (await api.get("/presence")).json.all;
  const stream = await openStream(b, "/changes", {}, { presence: true });
  await a.call("POST", "/presence", tab);
  for (;;) {
    const { event, data } = await stream.next();
    if (event === "presence" && data.changed) {
      expect(data.changed).toEqual([tab]);
      break;
    }
  }
  await b.call("POST", "/presence", { ...tab, isEditing: true });
  await eventually(async () => expect(await listed(a)).toMatchObject([{ isEditing: true }]));
  // A replica that starts later asks the others.
  const c = await startReplica(url);
  await eventually(async () => expect(await listed(c)).toHaveLength(1));
  await a.call("POST", "/presence", { ...tab, accountId: null });
  for (const each of [b, c]) await eventually(async () => expect(await listed(each)).toEqual([]));
});

test("an update that changes nothing makes no change, a move makes two, and TRUNCATE is refused", async () => {
  const url = await makeDatabase();
  const a = await startReplica(url);
  const { revision } = await a.get("/status");
  const client = await psql(url);
  await client.query("update activities set title = title");
  await client.query("update activities set account_id = 'acc-3' where id = 'act-01'");
  await client.query(
    `update rows set row = '{"id":2,"text":"c","accountId":"acc-2"}' where id = '2'`,
  );
  await client.query("update parts set value = '{\"theme\":\"light\"}' where name = 'settings'");
  await client.query("delete from rows where resource = 'own' and id = '1'");
  await eventually(async () => expect(await changesOf(a, revision)).toHaveLength(6));
  expect((await changesOf(a, revision)).map(({ op, resource, id }) => [op, resource, id])).toEqual([
    ["delete", "activities", "act-01"],
    ["create", "activities", "act-01"],
    ["delete", "own", "2"],
    ["create", "own", "2"],
    ["update", "settings", "settings"],
    ["delete", "own", "1"],
  ]);
  expect((await a.get("/settings")).json).toEqual({ theme: "light" });
  // The same row in another notation is a change all the same: revisions have no holes.
  await client.query(`update rows set row = '{ "id": 2, "text": "c", "accountId": "acc-2" }'`);
  await eventually(async () => expect(await changesOf(a, revision)).toHaveLength(7));
  expect(a.lines).toEqual([]);
  await expect(client.query("truncate rows")).rejects.toThrow(/use DELETE/);
  await expect(client.query("update accounts set mrr = 'NaN'")).rejects.toThrow(/check/);
});

test("a key that one replica has answered is answered the same by another", async () => {
  const url = await makeDatabase();
  const [a, b] = [await startReplica(url), await startReplica(url)];
  const note = { accountId: "acc-1", kind: "note", title: "Once" };
  const key = { "Idempotency-Key": "k-1" };
  const first = await a.call("POST", "/activities", note, key);
  const again = await b.call("POST", "/activities", note, key);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.json).toEqual(first.json);
  const other = await b.call("POST", "/activities", { ...note, title: "Twice" }, key);
  expect(other.status).toBe(422);
  expect((await b.get("/activities?title=Once")).rows).toHaveLength(1);
});

test("of writes at two replicas that expect the same version one is done", async () => {
  const url = await makeDatabase();
  const replicas = [await startReplica(url), await startReplica(url)];
  for (let round = 0; round < 5; round += 1) {
    const { version } = (await replicas[0]?.get("/accounts/acc-1"))?.json ?? {};
    const answers = await Promise.all(
      replicas.map((api, index) =>
        api.call("PATCH", "/accounts/acc-1", {
          notes: `${round} ${index}`,
          expectedVersion: version,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await eventually(async () => {
      const rows = await Promise.all(replicas.map((api) => api.get("/accounts/acc-1")));
      expect(rows[1]?.text).toBe(rows[0]?.text);
    });
  }
});

test("whoever writes at once, replicas and SQL, all end with what the database has, without holes", async () => {
  const url = await makeDatabase();
  const [a, b] = [await startReplica(url), await startReplica(url)];
  const { revision } = await a.get("/status");
  const client = await psql(url);
  const ids = smallData.activities.map(({ id }) => id);
  const bySql = async () => {
    for (let n = 0; n < 25; n += 1) {
      const id = ids[(n * 5) % ids.length];
      await client.query("update activities set pinned = not pinned, title = $2 where id = $1", [
        id,
        `sql ${n}`,
      ]);
    }
  };
  const byReplica = async (api: TestApi, step: number) => {
    for (let n = 0; n < 25; n += 1) {
      const id = ids[(n * step) % ids.length];
      const { status } = await api.call("PATCH", `/activities/${id}`, { pinned: n % 2 === 0 });
      expect(status).toBe(200);
      const made = await api.call("POST", "/activities", {
        accountId: "acc-3",
        kind: "note",
        title: `${n}`,
      });
      if (n % 3 === 0) await api.call("DELETE", `/activities/${made.json.id}`);
    }
  };
  await Promise.all([bySql(), byReplica(a, 1), byReplica(b, 7)]);
  await eventually(async () => {
    const [one, other] = [await a.get("/db"), await b.get("/db")];
    expect(other.revision).toBe(one.revision);
  });
  const [one, other, changes] = [
    await a.get("/db"),
    await b.get("/db"),
    await changesOf(a, revision),
  ];
  expect(other.text).toBe(one.text);
  expect(await changesOf(b, revision)).toEqual(changes);
  const start = revOf(revision);
  expect(changes.map(({ rev }) => rev)).toEqual(changes.map((_, index) => start + 1 + index));
  const fresh = await startReplica(url);
  expect((await fresh.get("/db")).text).toBe(one.text);
});

test("a row that somebody holds locked by SQL is written after that, and SQL is not the one to give way", async () => {
  const url = await makeDatabase();
  const a = await startReplica(url);
  const client = await psql(url);
  // It would give up before the replica does by itself, after a second.
  await client.query("set deadlock_timeout = '700ms'");
  await client.query("begin");
  await client.query("select 1 from activities where id = 'act-02' for update");
  const written = a.call("PATCH", "/activities/act-02", { pinned: true });
  const blocked = "select 1 from pg_locks where not granted";
  const watcher = await psql(url);
  await eventually(async () => expect((await watcher.query(blocked)).rowCount).toBeGreaterThan(0));
  // It needs the counter, which the replica holds while it waits.
  await client.query("update activities set title = 'first' where id = 'act-02'");
  await client.query("commit");
  expect(await written).toMatchObject({ status: 200, json: { title: "first", pinned: true } });
});

test("the form of a data file goes in and comes out, and an import that would delete is refused", async () => {
  const text = `${JSON.stringify({ ...data, tasks: [] }, null, 2)}\n`;
  const url = await makeDatabase(text);
  const { users, accounts, activities, tasks, ...rest } = JSON.parse(text);
  expect(JSON.parse(await exportedText(url))).toEqual({
    users,
    accounts,
    activities,
    tasks,
    ...rest,
  });
  const { db, close } = connect(url);
  onTestFinished(close);
  const document = readDocument(fs.readFileSync(makeFile()), 0);
  await expect(importDocument(db, "main", document)).rejects.toThrow(/--replace/);

  const a = await startReplica(url);
  const before = await a.get("/status");
  const stream = await openStream(a);
  await importDocument(db, "main", document, { replace: true });
  await stream.ended;
  await eventually(async () => {
    const after = await a.get("/status");
    expect(after.json.epoch).not.toBe(before.json.epoch);
  });
  expect((await a.get("/own")).status).toBe(404);
});

test("a row that points nowhere is named, and nothing is imported", async () => {
  const url = await makeDatabase();
  const { db, close } = connect(url);
  onTestFinished(close);
  const wrong = { ...smallData, activities: [{ ...smallData.activities[0], accountId: "acc-9" }] };
  const document = readDocument(fs.readFileSync(makeFile(wrong)), 0);
  const before = await exportedText(url);
  await expect(importDocument(db, "main", document, { replace: true })).rejects.toThrow(/acc-9/);
  expect(await exportedText(url)).toBe(before);
});

test("PostgreSQL that is gone is said, refuses writes, and is used again when it is back", async () => {
  const url = await makeDatabase();
  const a = await startReplica(url);
  const { json } = await a.get("/status");
  const note = { accountId: "acc-1", kind: "note", title: "Kept" };
  const { revision } = await a.call("POST", "/activities", note);
  await postgres.stop();
  await eventually(async () => {
    expect((await a.get("/status")).json.file).toEqual({
      broken: expect.stringContaining("PostgreSQL"),
    });
  });
  const refused = await a.call("POST", "/activities", note);
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([504, "1"]);
  expect(refused.text).not.toContain("tandem:tandem");
  expect((await a.get("/activities?title=Kept")).rows).toHaveLength(1);
  await postgres.start();
  await eventually(async () => expect((await a.get("/status")).json.file).toBe("ok"), 30_000);
  expect((await a.get("/status")).json.epoch).toBe(json.epoch);
  const next = await a.call("POST", "/activities", { ...note, title: "Next" });
  expect(revOf(next.revision)).toBe(revOf(revision) + 1);
});

test("a database that was set back has another epoch", async () => {
  const url = await makeDatabase();
  const a = await startReplica(url);
  const { json } = await a.get("/status");
  await a.call("PATCH", "/activities/act-02", { pinned: true });
  const client = await psql(url);
  // As a backup that was taken before the write leaves it.
  await client.query("begin");
  await client.query("set local session_replication_role = replica");
  await client.query("update activities set pinned = false where id = 'act-02'");
  await client.query("delete from changes where rev = (select max(rev) from changes)");
  await client.query("update workspaces set head = head - 1");
  await client.query("commit");
  await client.query("select pg_notify('tandem', 'main')");
  await eventually(async () => expect((await a.get("/status")).json.epoch).not.toBe(json.epoch));
  expect((await a.get("/activities/act-02")).json.pinned).toBe(false);
});
