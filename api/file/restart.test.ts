import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { revOf, startApi } from "#api/testing/start-api.ts";

const epochOf = (revision: string) => revision.split(".")[0];
const note = { accountId: "acc-1", kind: "note", title: "New" };
const logFolderOf = (file: string) => path.join(path.dirname(file), ".tandem");

/** Starts a server on a file, sends some writes, and stops it. */
async function runOnce(file: string) {
  const { get, call, stop } = await startApi({ file });
  const { revision: start } = await get("/status");
  await call("PATCH", "/activities/act-02", { pinned: true });
  const made = await call("POST", "/activities", note, { "Idempotency-Key": "k" });
  await call("DELETE", "/activities/act-03");
  const { revision: end } = await get("/status");
  const { rows } = await get("/activities");
  await stop();
  return { start, end, made, rows };
}

describe("after a restart", () => {
  test("the log continues: same epoch, same versions, and no change is missed", async () => {
    const file = makeFile();
    const before = await runOnce(file);
    const { get, call } = await startApi({ file });
    expect((await get("/status")).revision).toBe(before.end);
    expect((await get("/activities")).rows).toEqual(before.rows);
    const { changes } = (await get(`/changes?since=${before.start}`)).json;
    expect(changes).toMatchObject([{ op: "update" }, { op: "create" }, { op: "delete" }]);
    const next = await call("PATCH", "/activities/act-02", { pinned: false });
    expect(revOf(next.revision)).toBe(revOf(before.end) + 1);
  });

  test("a retry still gets the first answer, and creates no second row", async () => {
    const file = makeFile();
    const { made } = await runOnce(file);
    const { get, call } = await startApi({ file });
    const again = await call("POST", "/activities", note, { "Idempotency-Key": "k" });
    expect([again.status, again.text, again.revision]).toEqual([201, made.text, made.revision]);
    expect((await get("/activities")).rows).toHaveLength(12);
  });

  test("edits made while it was stopped become changes of the same epoch", async () => {
    const file = makeFile();
    const { end } = await runOnce(file);
    const data = readFile(file);
    fs.writeFileSync(file, JSON.stringify({ ...data, users: [{ id: "usr-1", name: "Edited" }] }));
    const { get } = await startApi({ file });
    const { json, revision } = await get(`/changes?since=${end}`);
    expect([epochOf(revision), revOf(revision)]).toEqual([epochOf(end), revOf(end) + 2]);
    expect(json.changes).toMatchObject([
      { resource: "users", id: "usr-2", op: "delete" },
      { resource: "users", id: "usr-1", op: "update", row: { name: "Edited" } },
    ]);
  });

  test("after two restarts with hand edits between them the log still reaches back", async () => {
    const file = makeFile();
    const { start } = await runOnce(file);
    fs.writeFileSync(file, JSON.stringify({ ...readFile(file), own: [{ id: 1 }] }));
    await runOnce(file);
    const { get } = await startApi({ file });
    expect((await get(`/changes?since=${start}`)).json.changes).toHaveLength(3 + 1 + 0);
  });
});

describe("a log that fails verification starts a new epoch at a later revision", () => {
  test.each<[string, (folder: string, file: string) => void]>([
    ["deleted", (folder) => fs.rmSync(folder, { recursive: true })],
    ["not JSON", (folder) => fs.writeFileSync(path.join(folder, "db.json.log"), "junk\n")],
    [
      "damaged in the middle",
      (folder) => {
        const log = path.join(folder, "db.json.log");
        const text = fs.readFileSync(log, "utf8");
        fs.writeFileSync(log, text.replace('"title":"New"', '"title":"Old"'));
      },
    ],
    [
      "missing a line",
      (folder) => {
        const log = path.join(folder, "db.json.log");
        const lines = fs.readFileSync(log, "utf8").split("\n");
        lines.splice(1, 1);
        fs.writeFileSync(log, lines.join("\n"));
      },
    ],
  ])("%s", async (_how, damage) => {
    const file = makeFile();
    const { end, rows } = await runOnce(file);
    damage(logFolderOf(file), file);
    const { get } = await startApi({ file });
    const { revision } = await get("/status");
    expect(epochOf(revision)).not.toBe(epochOf(end));
    expect(revOf(revision)).toBeGreaterThan(revOf(end));
    expect((await get(`/changes?since=${end}`)).status).toBe(410);
    const again = (await get("/activities")).rows;
    expect(again.map((row) => row.id)).toEqual(rows.map((row) => row.id));
    for (const row of again) expect(row.version).toBe(revOf(revision));
  });

  test("copied with its folder", async () => {
    const file = makeFile();
    const { end } = await runOnce(file);
    const copy = makeFile(readFile(file));
    fs.cpSync(logFolderOf(file), logFolderOf(copy), { recursive: true });
    const { get } = await startApi({ file: copy });
    expect(epochOf((await get("/status")).revision)).not.toBe(epochOf(end));
  });
});

describe("a crash between writing the log and the data file", () => {
  const logOf = (file: string) => path.join(logFolderOf(file), "db.json.log");

  test("drops the commit that was not acknowledged", async () => {
    const file = makeFile();
    const first = await startApi({ file });
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    const data = fs.readFileSync(file);
    const { revision } = await first.get("/status");
    await first.call("PATCH", "/activities/act-04", { pinned: true });
    await first.stop();
    fs.writeFileSync(file, data);
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(revision);
    expect((await get("/activities/act-04")).json.pinned).toBe(false);
  });

  test("drops a torn last line", async () => {
    const file = makeFile();
    const { end } = await runOnce(file);
    fs.appendFileSync(logOf(file), '{"rev":');
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(end);
  });
});

test("a log that has grown large is compacted without loss", async () => {
  const file = makeFile({ ...smallData, own: [{ id: 1 }] });
  const first = await startApi({ file });
  const { revision: start } = await first.get("/status");
  const log = path.join(logFolderOf(file), "db.json.log");
  const before = fs.statSync(log).ino;
  for (let round = 0; fs.statSync(log).ino === before; round += 1) {
    expect(round).toBeLessThan(10);
    const texts = Array.from({ length: 100 }, (_, n) => `${round}-${n}-${"x".repeat(18_000)}`);
    await Promise.all(texts.map((text) => first.call("PATCH", "/own/1", { text })));
  }
  const { revision: end } = await first.call("PATCH", "/activities/act-02", { pinned: true });
  const { rows } = await first.get("/own");
  await first.stop();
  const { get } = await startApi({ file });
  expect((await get("/status")).revision).toBe(end);
  expect((await get("/own")).rows).toEqual(rows);
  const { changes } = (await get(`/changes?since=${start}`)).json;
  expect(changes).toHaveLength(revOf(end) - revOf(start));
});

test("the folder of the log may be deleted while the server runs", async () => {
  const file = makeFile();
  const { call, stop } = await startApi({ file });
  fs.rmSync(logFolderOf(file), { recursive: true });
  const { status, revision } = await call("PATCH", "/activities/act-02", { pinned: true });
  expect(status).toBe(200);
  await stop();
  const { get } = await startApi({ file });
  expect((await get("/status")).revision).toBe(revision);
});

test("a file that another server serves, or that is missing or broken, is refused with a reason", async () => {
  const file = makeFile();
  const { stop } = await startApi({ file });
  await expect(startApi({ file })).rejects.toThrow("another Tandem server has this file open");
  await stop();
  await (await startApi({ file })).stop();
  fs.writeFileSync(file, JSON.stringify({ ...smallData, accounts: 3 }));
  await expect(startApi({ file })).rejects.toThrow(`${file}: accounts: expected an array`);
  fs.rmSync(file);
  await expect(startApi({ file })).rejects.toThrow(`${file}: there is no such file`);
});
