import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { isOnFile, revOf, startApi } from "#api/testing/start-api.ts";

const note = { accountId: "acc-1", kind: "note", title: "  Called back " };

describe("one write", () => {
  test("a pin is answered with its row and revision, and stored without a version", async () => {
    const { get, call, stored } = await startApi();
    const before = await get("/activities/act-02");
    const answer = await call("PATCH", "/activities/act-02", { pinned: true });
    expect(revOf(answer.revision)).toBe(revOf(before.revision) + 1);
    expect(answer.json).toEqual({ ...before.json, pinned: true, version: revOf(answer.revision) });
    await eventually(async () => {
      const [, row] = (await stored()).activities ?? [];
      expect(row).toEqual({ ...smallData.activities[1], pinned: true });
    });
    expect((await get("/accounts/acc-1")).json.pinnedCount).toBe(2);
  });

  test("a write that changes nothing makes no revision and does not write the file", async () => {
    const { call, file } = await startApi();
    const first = await call("PATCH", "/activities/act-02", { pinned: true });
    const { ino } = fs.statSync(file);
    const again = await call("PATCH", "/activities/act-02", { pinned: true });
    expect([again.revision, again.text]).toEqual([first.revision, first.text]);
    expect(fs.statSync(file).ino).toBe(ino);
  });

  test("a note is created, changed and deleted", async () => {
    const { get, call } = await startApi();
    const made = await call("POST", "/api/activities", note);
    const { id } = made.json;
    expect(made.json).toMatchObject({ title: "Called back", pinned: false, accountId: "acc-1" });
    expect([made.status, made.headers.get("Location")]).toEqual([201, `/api/activities/${id}`]);
    const changed = await call("PATCH", `/activities/${id}`, { at: "2026-01-01T00:00:00Z" });
    expect(changed.json.at).toBe("2026-01-01T00:00:00.000Z");
    const gone = await call("DELETE", `/activities/${id}`);
    expect([gone.status, gone.json.id]).toEqual([200, id]);
    expect((await get(`/activities/${id}`)).status).toBe(404);
  });

  test("PUT replaces the fields of the schema and keeps custom fields", async () => {
    const { call, file } = await startApi();
    const body = { name: "Renamed", plan: "Free", status: "trial" };
    const { json } = await call("PUT", "/accounts/acc-1", body);
    expect(json).toMatchObject({ ...body, notes: "", shelf: "A", activityCount: 8 });
    expect(json).not.toHaveProperty("ownerId");
    expect(readFile(file).accounts?.[0]).not.toHaveProperty("activityCount");
  });

  test("null takes away what an account may lack, of a new one as well", async () => {
    const { call, get } = await startApi();
    const full = { mrr: 99.5, renewalDate: "2027-01-31", industry: "Toys", city: "Graz" };
    const { json: filled } = await call("PATCH", "/accounts/acc-1", full);
    expect(filled).toMatchObject(full);
    const empty = { mrr: null, renewalDate: null, industry: null, city: null, since: null };
    const { json: emptied } = await call("PATCH", "/accounts/acc-1", empty);
    const made = await call("POST", "/accounts", {
      ...{ id: "acc-9", name: "New", plan: "Free", status: "trial" },
      ...empty,
    });
    expect(made.status).toBe(201);
    for (const name of Object.keys(empty)) {
      expect(emptied).not.toHaveProperty(name);
      expect((await get("/accounts/acc-9")).json).not.toHaveProperty(name);
    }
    const { revision } = await get("/status");
    expect((await call("PATCH", "/accounts/acc-1", empty)).revision).toBe(revision);
  });

  test("moving an activity is a delete at one account and a create at the other", async () => {
    const { get, call } = await startApi();
    const { revision } = await get("/status");
    await call("PATCH", "/activities/act-01", { accountId: "acc-3" });
    const { json } = await get(`/changes?since=${revision}`);
    expect(json.changes).toMatchObject([
      { op: "delete", id: "act-01", parents: { accountId: "acc-1" } },
      { op: "create", id: "act-01", parents: { accountId: "acc-3" } },
    ]);
    expect((await get("/accounts/acc-3")).json.pinnedCount).toBe(1);
  });

  test("a row that others refer to is not deleted", async () => {
    const { call } = await startApi();
    const refused = await call("DELETE", "/accounts/acc-1");
    expect([refused.status, refused.json.detail]).toEqual([
      409,
      "8 activities still belong to it: delete them first.",
    ]);
    expect((await call("DELETE", "/accounts/acc-3")).status).toBe(200);
    expect((await call("DELETE", "/users/usr-1")).status).toBe(409);
  });
});

describe("the changes that an answer names", () => {
  const changesOf = ({ headers }: { headers: Headers }) =>
    JSON.parse(headers.get("Tandem-Changes") ?? "null");
  const own = { "Tandem-Origin": "Tab-A" };

  test("are those of its write as the log has them, without the row, which is the body", async () => {
    const { get, call } = await startApi();
    const { revision } = await get("/status");
    const answers = [
      await call("PATCH", "/activities/act-02", { pinned: true }, own),
      await call("POST", "/activities", { ...note, id: "act-x" }, own),
      await call("DELETE", "/activities/act-x", undefined, own),
    ];
    const { changes } = (await get(`/changes?since=${revision}`)).json as { changes: object[] };
    const logged = changes.map((change) => ({ ...change, row: undefined }));
    expect(answers.flatMap(changesOf)).toEqual(logged);
    expect(answers.flatMap(changesOf)[0]).toMatchObject({ op: "update", origin: "Tab-A" });
  });

  test("are two where the row moves to another parent", async () => {
    const { call } = await startApi();
    expect(changesOf(await call("PATCH", "/activities/act-01", { accountId: "acc-3" }))).toEqual([
      expect.objectContaining({ op: "delete", id: "act-01", parents: { accountId: "acc-1" } }),
      expect.objectContaining({ op: "create", id: "act-01", parents: { accountId: "acc-3" } }),
    ]);
  });

  test("are the latest of the row where the write changes nothing, so that a retry finds its place", async () => {
    const { call } = await startApi();
    const first = await call("PATCH", "/activities/act-02", { pinned: true }, own);
    await call("PATCH", "/activities/act-01", { pinned: false });
    const again = await call("PATCH", "/activities/act-02", { pinned: true }, own);
    expect(revOf(again.revision)).toBe(revOf(first.revision) + 1);
    expect(changesOf(again)).toEqual(changesOf(first));
    const other = { "Tandem-Origin": "Tab-B_5f0c93aa" };
    const unneeded = await call("PATCH", "/activities/act-02", { pinned: true }, other);
    expect(changesOf(unneeded)).toEqual(changesOf(first));
  });

  test("are the same again for a retry with an Idempotency-Key, over a restart too", async () => {
    const before = await startApi();
    const key = { "Idempotency-Key": "k-1" };
    const first = await before.call("POST", "/activities", note, key);
    await before.call("PATCH", "/activities/act-01", { pinned: false });
    await before.stop();
    const { call } = await startApi({ file: before.file });
    const again = await call("POST", "/activities", note, key);
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(changesOf(again)).toEqual(changesOf(first));
    expect(changesOf(again)).toMatchObject([{ op: "create" }]);
  });

  test("are ASCII, whatever the ids are", async () => {
    const { call } = await startApi();
    const answer = await call("POST", "/activities", { ...note, id: "act-ж👩\u007f" });
    expect(answer.headers.get("Tandem-Changes")).toMatch(/^[ -~]+$/);
    expect(changesOf(answer)[0]?.id).toBe("act-ж👩\u007f");
  });

  test("are none of a refusal", async () => {
    const { call } = await startApi();
    expect(changesOf(await call("PATCH", "/activities/act-01", { pinned: "?" }))).toBeNull();
  });
});

describe("a new activity", () => {
  const day = 86_400_000;
  const age = (ms: unknown) => ({ "Tandem-Age": String(ms) });
  const wrong = { ...note, at: "2031-01-01T00:00:00.000Z" };
  /** Milliseconds before now. */
  const agoOf = ({ json }: { json: { at?: unknown } }) => Date.now() - Date.parse(String(json.at));

  test("is dated by the server, less the time that it has waited since it was written", async () => {
    const { call } = await startApi();
    expect(agoOf(await call("POST", "/activities", wrong, age(0)))).toBeLessThan(60_000);
    const waited = agoOf(await call("POST", "/activities", wrong, age(2 * day)));
    expect(waited).toBeGreaterThanOrEqual(2 * day);
    expect(waited).toBeLessThan(2 * day + 60_000);
  });

  test("is dated back by a week at most, whatever the clock was set to meanwhile", async () => {
    const { call } = await startApi();
    const waited = agoOf(await call("POST", "/activities", wrong, age(365 * day)));
    expect(waited).toBeGreaterThanOrEqual(7 * day);
    expect(waited).toBeLessThan(7 * day + 60_000);
  });

  test("has the same date for a retry that has waited longer", async () => {
    const { call } = await startApi();
    const key = { "Idempotency-Key": "k-1" };
    const first = await call("POST", "/activities", wrong, { ...key, ...age(5) });
    const again = await call("POST", "/activities", wrong, { ...key, ...age(90_000) });
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect(again.text).toBe(first.text);
  });

  test("keeps an explicit date where nothing is said of its age", async () => {
    const { call } = await startApi();
    const past = { ...note, at: "2026-01-31T09:00:00.000Z" };
    expect((await call("POST", "/activities", past)).json.at).toBe(past.at);
  });

  test("is refused where its date is still to come, and so is a date that is changed to one", async () => {
    const { call } = await startApi();
    const refused = await call("POST", "/activities", wrong);
    expect([refused.status, refused.json.field]).toEqual([422, "/at"]);
    const moved = await call("PATCH", "/activities/act-01", { at: wrong.at });
    expect([moved.status, moved.json.field]).toEqual([422, "/at"]);
    const soon = new Date(Date.now() + 30_000).toISOString();
    expect((await call("POST", "/activities", { ...note, at: soon })).status).toBe(201);
  });

  test.each(["", "-5", "1.5", "soon", "1e9", "9".repeat(16)])(
    "of the age %j is refused",
    async (ms) => {
      const { call } = await startApi();
      const answer = await call("POST", "/activities", wrong, age(ms));
      expect([answer.status, answer.json.field]).toEqual([400, "Tandem-Age"]);
    },
  );
});

describe("conflicts", () => {
  test("a stale expectedVersion is answered with 409 and the current row", async () => {
    const { get, call } = await startApi();
    const { version } = (await get("/accounts/acc-1")).json;
    const edit = { notes: "mine", expectedVersion: version };
    const first = await call("PATCH", "/accounts/acc-1", edit);
    expect(first.status).toBe(200);
    const second = await call("PATCH", "/accounts/acc-1", { ...edit, notes: "theirs" });
    expect(second.status).toBe(409);
    expect(second.json.current).toEqual(first.json);
    expect(second.headers.get("Content-Type")).toContain("application/problem+json");
    const retried = { notes: "theirs", expectedVersion: first.json.version };
    expect((await call("PATCH", "/accounts/acc-1", retried)).status).toBe(200);
  });

  test("a pin does not make an edit of its account stale", async () => {
    const { get, call } = await startApi();
    const { version } = (await get("/accounts/acc-1")).json;
    await call("PATCH", "/activities/act-02", { pinned: true });
    const edit = { notes: "mine", expectedVersion: version };
    expect((await call("PATCH", "/accounts/acc-1", edit)).status).toBe(200);
  });

  test("If-Match accepts the ETag of the row, strong or weak, and answers 412 to another", async () => {
    const { get, call } = await startApi();
    const etag = (await get("/accounts/acc-1")).headers.get("ETag") ?? "";
    const tag = (value: string) => ({ "If-Match": value });
    const first = await call("PATCH", "/accounts/acc-1", { notes: "a" }, tag(`W/${etag}`));
    expect(first.status).toBe(200);
    const late = await call("PATCH", "/accounts/acc-1", { notes: "b" }, tag(etag));
    expect([late.status, late.json.current]).toEqual([412, first.json]);
    const next = first.headers.get("ETag") ?? "";
    expect((await call("PATCH", "/accounts/acc-1", { notes: "b" }, tag(next))).status).toBe(200);
    expect((await call("PATCH", "/accounts/acc-1", { notes: "c" }, tag("*"))).status).toBe(200);
  });

  test("If-Match accepts the version of the row, of a DELETE too", async () => {
    const { get, call } = await startApi();
    const { version } = (await get("/activities/act-02")).json;
    await call("PATCH", "/activities/act-02", { title: "Changed since" });
    const { json: now } = await get("/activities/act-02");
    const remove = (of: unknown) =>
      call("DELETE", "/activities/act-02", undefined, { "If-Match": `"version-${of}"` });
    const late = await remove(version);
    expect([late.status, late.json.current]).toEqual([412, now]);
    expect((await remove(now.version)).status).toBe(200);
  });

  test("without a condition the last write wins", async () => {
    const { call } = await startApi();
    await call("PATCH", "/accounts/acc-1", { notes: "a" });
    expect((await call("PATCH", "/accounts/acc-1", { notes: "b" })).json.notes).toBe("b");
  });
});

describe("a retry with an Idempotency-Key", () => {
  test("gets the first answer, and nothing is written", async () => {
    const { get, call } = await startApi();
    const key = { "Idempotency-Key": "k-1" };
    const [first, second] = await Promise.all([
      call("POST", "/activities", note, key),
      call("POST", "/activities", note, key),
    ]);
    expect([second.status, second.text, second.revision]).toEqual([
      201,
      first.text,
      first.revision,
    ]);
    expect(await call("POST", "/activities", note, key)).toMatchObject({ text: first.text });
    expect((await get("/activities")).rows).toHaveLength(13);
  });

  test("that comes after a later write changes nothing: a PATCH, a PUT, a DELETE of a row made again", async () => {
    const { get, call } = await startApi();
    const user = { name: "Nora" };
    const writes = [
      ["PATCH", "/activities/act-02", { pinned: true }],
      ["PUT", "/users/usr-2", user],
      ["DELETE", "/activities/act-03", undefined],
    ] as const;
    const send = () =>
      Promise.all(
        writes.map(([method, path, body], n) =>
          call(method, path, body, { "Idempotency-Key": `k-${n}` }),
        ),
      );
    const first = await send();
    await call("PATCH", "/activities/act-02", { pinned: false });
    await call("PUT", "/users/usr-2", { name: "Tom" });
    await call("POST", "/activities", { ...note, id: "act-03" });
    const { revision } = await get("/status");
    const again = await send();
    expect(again.map(({ status, text, revision: rev }) => [status, text, rev])).toEqual(
      first.map(({ status, text, revision: rev }) => [status, text, rev]),
    );
    for (const { headers } of again) expect(headers.get("Idempotency-Replayed")).toBe("true");
    expect((await get("/status")).revision).toBe(revision);
    expect((await get("/activities/act-03")).status).toBe(200);
  });

  test("of another row is refused", async () => {
    const { call } = await startApi();
    const key = { "Idempotency-Key": "k-1" };
    await call("PATCH", "/activities/act-02", { pinned: true }, key);
    for (const [method, path] of [
      ["PATCH", "/activities/act-04"],
      ["PUT", "/activities/act-02"],
    ] as const)
      expect((await call(method, path, { pinned: true }, key)).status).toBe(422);
  });

  test("is refused when the request differs", async () => {
    const { call } = await startApi();
    const key = { "Idempotency-Key": "k-1" };
    await call("POST", "/activities", note, key);
    const other = await call("POST", "/activities", { ...note, title: "Other" }, key);
    expect([other.status, other.json.field]).toEqual([422, "Idempotency-Key"]);
  });
});

describe("many writes at once", () => {
  test("200 parallel writes are all stored, in far fewer commits", async () => {
    const { get, call, file, stored } = await startApi();
    const { revision } = await get("/status");
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        call("POST", "/activities", { ...note, title: `n${n}` }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => answer.revision)).size).toBe(200);
    await eventually(async () => {
      const titles = new Set((await stored()).activities?.map((row) => row.title));
      for (let n = 0; n < 200; n += 1) expect(titles).toContain(`n${n}`);
    });
    if (isOnFile) {
      const log = fs.readFileSync(file.replace(/db\.json$/, ".tandem/db.json.log"), "utf8");
      expect(log.split("\n").length).toBeLessThan(100);
    }
    const { json } = await get(`/changes?since=${revision}`);
    const revs = (json.changes as { rev: number }[]).map((change) => change.rev);
    expect(revs).toEqual(revs.map((_, index) => revOf(revision) + 1 + index));
  });

  test("of 20 edits with the same expectedVersion exactly one is accepted", async () => {
    const { get, call } = await startApi();
    const { version } = (await get("/accounts/acc-1")).json;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        call("PATCH", "/accounts/acc-1", { notes: `${n}`, expectedVersion: version }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(19);
  });
});

test.runIf(isOnFile)(
  "a write that the disk refuses has no effect, and succeeds once the disk accepts it",
  async () => {
    const { get, call, file } = await startApi();
    const log = file.replace(/db\.json$/, ".tandem/db.json.log");
    fs.rmSync(log);
    fs.mkdirSync(`${log}.next`);
    const refused = await call("PATCH", "/activities/act-02", { pinned: true });
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "1"]);
    expect((await get("/activities/act-02")).json.pinned).toBe(false);
    fs.rmdirSync(`${log}.next`);
    expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(200);
  },
);

test.runIf(isOnFile)(
  "a write is answered while the data file cannot be written, which is said once, and is in the file later",
  async () => {
    const { get, call, file, lines } = await startApi();
    const blocked = file.replace(/db\.json$/, ".tandem/db.json.tmp");
    const pinned = () => readFile(file).activities?.map((row) => row.pinned === true);
    fs.mkdirSync(blocked);
    expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(200);
    await eventually(() => expect(lines.join()).toContain("the data file is behind"));
    expect((await call("PATCH", "/activities/act-03", { pinned: true })).status).toBe(200);
    expect((await get("/activities/act-02")).json.pinned).toBe(true);
    expect(pinned()?.slice(0, 4)).toEqual([true, false, false, false]);
    fs.rmdirSync(blocked);
    await eventually(() => expect(pinned()?.slice(0, 4)).toEqual([true, true, true, false]));
    expect(lines).toHaveLength(1);
  },
);

test.runIf(isOnFile)(
  "the file keeps its order, custom fields, mode and the symbolic link to it",
  async () => {
    const file = makeFile({ zebra: [{ id: 1 }], ...smallData, apple: { b: 1, a: 2 } });
    fs.chmodSync(file, 0o640);
    const link = file.replace("db.json", "link.json");
    fs.symlinkSync(file, link);
    const { call } = await startApi({ file: link });
    await call("PATCH", "/accounts/acc-1", { notes: "new" });
    await eventually(() => expect(readFile(file).accounts?.[0]?.notes).toBe("new"));
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(Object.keys(readFile(file))).toEqual([
      "zebra",
      "users",
      "accounts",
      "activities",
      "apple",
    ]);
    expect(fs.readFileSync(file, "utf8")).toBe(`${JSON.stringify(readFile(file), null, 2)}\n`);
    expect(readFile(file).accounts?.[0]).toMatchObject({ shelf: "A", notes: "new" });
  },
);
