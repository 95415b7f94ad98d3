import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { revOf, startApi } from "#api/testing/start-api.ts";
import { checksumLength, checksumOf } from "#sync/server";
import { checkServable } from "./check-servable.ts";
import { openLogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { readDocument } from "./read-document.ts";
import { readLog } from "./read-log.ts";
import { writeDocument } from "./write-document.ts";

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
      "with another version of a row",
      (folder) => {
        const log = path.join(folder, "db.json.log");
        const text = fs.readFileSync(log, "utf8");
        const other = (_: string, start: string, digit: string) =>
          start + ((Number(digit) + 1) % 10);
        fs.writeFileSync(log, text.replace(/("usr-1":\d*)(\d)/, other));
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

describe("a file saved just before a crash, from a buffer older than the last writes, undoes none of them", () => {
  test.each([1, 2, 3])("saved %i times", async (saves) => {
    const file = makeFile();
    const first = await startApi({ file });
    const buffer = readFile(file);
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    const made = await first.call("POST", "/activities", note);
    const users = (n: number) => [{ id: "usr-1", name: `Edit ${n}` }, smallData.users[1]];
    for (let n = 1; n < saves; n += 1) {
      fs.writeFileSync(file, JSON.stringify({ ...buffer, users: users(n) }));
      await eventually(() => expect(readFile(file).activities).toHaveLength(13));
      await first.call("PATCH", "/activities/act-04", { title: `After ${n}` });
    }
    await first.stop();
    fs.writeFileSync(file, JSON.stringify({ ...buffer, users: users(saves) }));
    const { get } = await startApi({ file });
    expect((await get("/users/usr-1")).json.name).toBe(`Edit ${saves}`);
    expect((await get("/activities/act-02")).json.pinned).toBe(true);
    expect((await get(`/activities/${made.json.id}`)).status).toBe(200);
    if (saves > 1) expect((await get("/activities/act-04")).json.title).toBe(`After ${saves - 1}`);
  });

  test("saved after three starts in quick succession", async () => {
    const file = makeFile();
    const buffer = readFile(file);
    const ids = ["act-02", "act-04", "act-05", "act-06"];
    for (const id of ids) {
      const { call, stop } = await startApi({ file });
      await call("PATCH", `/activities/${id}`, { pinned: true });
      await stop();
    }
    fs.writeFileSync(file, JSON.stringify({ ...buffer, own: [{ id: 1 }] }));
    const { get } = await startApi({ file });
    for (const id of ids) expect((await get(`/activities/${id}`)).json.pinned).toBe(true);
    expect((await get("/own")).rows).toHaveLength(1);
  });

  /** A buffer from before a pin, saved so long after the pin, while no server ran. */
  async function saveAfter(ms: number) {
    const file = makeFile();
    const first = await startApi({ file, now: () => Date.now() - ms });
    const buffer = readFile(file);
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    await first.stop();
    fs.writeFileSync(file, JSON.stringify({ ...buffer, own: [{ id: 1 }] }));
    return startApi({ file });
  }

  test("saved ten seconds after it, while no server ran", async () => {
    const { get } = await saveAfter(10_000);
    expect((await get("/activities/act-02")).json.pinned).toBe(true);
    expect((await get("/own")).rows).toHaveLength(1);
  });

  test("but a file from long after it is a restored backup", async () => {
    const { get } = await saveAfter(100_000);
    expect((await get("/activities/act-02")).json.pinned).toBe(false);
  });

  test("saved unchanged", async () => {
    const file = makeFile();
    const first = await startApi({ file });
    const buffer = fs.readFileSync(file);
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    await first.stop();
    fs.writeFileSync(file, buffer);
    const { get } = await startApi({ file });
    expect((await get("/activities/act-02")).json.pinned).toBe(true);
  });

  test("saved into the file that a commit had just replaced", async () => {
    const file = makeFile();
    const first = await startApi({ file });
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    const { size, mtimeNs } = fs.statSync(file, { bigint: true });
    const edited = {
      ...readFile(file),
      users: [{ id: "usr-1", name: "Edited" }, smallData.users[1]],
    };
    await first.stop();
    const name = `db.json.replaced-1-1-${size}-${mtimeNs}`;
    fs.writeFileSync(path.join(logFolderOf(file), name), JSON.stringify(edited));
    const { get, call } = await startApi({ file });
    expect((await get("/users/usr-1")).json.name).toBe("Edited");
    await call("PATCH", "/users/usr-1", { name: "Later" });
    expect((await get("/users/usr-1")).json.name).toBe("Later");
  });
});

describe("a crash between writing the log and the data file", () => {
  const logOf = (file: string) => path.join(logFolderOf(file), "db.json.log");

  test("keeps the commit that only the log has, and a retry gets its answer", async () => {
    const file = makeFile();
    const first = await startApi({ file });
    await first.call("PATCH", "/activities/act-02", { pinned: true });
    fs.linkSync(file, `${file}.same`);
    const made = await first.call("POST", "/activities", note, { "Idempotency-Key": "k" });
    const { revision } = await first.get("/status");
    await first.stop();
    fs.renameSync(`${file}.same`, file);
    const { get, call } = await startApi({ file });
    expect((await get("/status")).revision).toBe(revision);
    expect(readFile(file).activities).toHaveLength(13);
    const again = await call("POST", "/activities", note, { "Idempotency-Key": "k" });
    expect([again.text, again.revision]).toEqual([made.text, revision]);
  });

  test("keeps commits that the data file does not have yet", async () => {
    const file = makeFile();
    const first = await startApi({ file });
    fs.linkSync(file, `${file}.same`);
    for (const id of ["act-02", "act-04"]) {
      await first.call("PATCH", `/activities/${id}`, { pinned: true });
    }
    const { revision } = await first.get("/status");
    await first.stop();
    fs.renameSync(`${file}.same`, file);
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(revision);
    const pinned = readFile(file).activities?.filter((row) => row.pinned);
    expect(pinned?.map(({ id }) => id)).toEqual(["act-01", "act-02", "act-04"]);
  });

  test("puts the file back that was taken away and not yet replaced", async () => {
    const file = makeFile();
    const { end } = await runOnce(file);
    const { size, mtimeNs } = fs.statSync(file, { bigint: true });
    const rows = readFile(file);
    const replaced = path.join(logFolderOf(file), `db.json.replaced-1-1-${size}-${mtimeNs}`);
    fs.renameSync(file, replaced);
    // An older one, that a crash long before it left, is not mistaken for it.
    const older = path.join(logFolderOf(file), "older");
    fs.writeFileSync(older, JSON.stringify({ ...smallData, activities: [] }, null, 4));
    const mark = fs.statSync(older, { bigint: true });
    fs.renameSync(
      older,
      path.join(logFolderOf(file), `db.json.replaced-2-1-${mark.size}-${mark.mtimeNs}`),
    );
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(end);
    expect(readFile(file)).toEqual(rows);
  });

  test("drops a torn last line", async () => {
    const file = makeFile();
    const { end } = await runOnce(file);
    fs.appendFileSync(logOf(file), '{"rev":');
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(end);
  });
});

describe("killed while the data file is behind the log", () => {
  /** Leaves a file that has the first write and not the second, as a kill in between does. */
  async function leaveBehind(file: string, ageMs = 0) {
    const { get, call, stop } = await startApi({ file, now: () => Date.now() - ageMs });
    await call("PATCH", "/activities/act-02", { title: "First" });
    await eventually(() => expect(readFile(file).activities?.[1]?.title).toBe("First"));
    const blocked = path.join(logFolderOf(file), "db.json.tmp");
    fs.mkdirSync(blocked);
    await call("PATCH", "/activities/act-02", { title: "Second" });
    await call("DELETE", "/activities/act-03");
    const { revision } = await get("/status");
    await stop();
    fs.rmdirSync(blocked);
    expect(readFile(file).activities?.[1]?.title).toBe("First");
    return revision;
  }

  test("the start brings it up to date, and takes nothing for an edit", async () => {
    const file = makeFile();
    const revision = await leaveBehind(file);
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(revision);
    expect(readFile(file).activities?.[1]?.title).toBe("Second");
    expect(readFile(file).activities).toHaveLength(11);
  });

  test.each([0, 100_000])("an edit of it %i ms later undoes no write", async (ageMs) => {
    const file = makeFile();
    await leaveBehind(file, ageMs);
    fs.writeFileSync(file, JSON.stringify({ ...readFile(file), own: [{ id: 1 }] }));
    const { get } = await startApi({ file });
    expect((await get("/activities/act-02")).json.title).toBe("Second");
    expect((await get("/activities")).rows).toHaveLength(11);
    expect((await get("/own")).rows).toHaveLength(1);
  });
});

test("a server that was stopped leaves all of its rows in the file", async () => {
  const file = makeFile();
  const { call, stop } = await startApi({ file });
  await call("PATCH", "/activities/act-02", { title: "Last" });
  await stop();
  expect(readFile(file).activities?.[1]?.title).toBe("Last");
});

test("a log that has grown large is compacted without loss", async () => {
  const file = makeFile({ ...smallData, own: [{ id: 1 }] });
  // It is not compacted before it is 6 s old.
  let ahead = 0;
  const first = await startApi({ file, now: () => Date.now() + ahead });
  ahead = 10_000;
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

test("a flipped bit anywhere in the log is noticed", async () => {
  const file = makeFile();
  const { end } = await runOnce(file);
  const log = path.join(logFolderOf(file), "db.json.log");
  const bytes = fs.readFileSync(log);
  for (let n = 0; n < 200; n += 1) {
    const flipped = Buffer.from(bytes);
    const position = Math.floor((bytes.length * n) / 200);
    flipped[position] = (flipped[position] ?? 0) ^ (1 << (n % 8));
    fs.writeFileSync(log, flipped);
    const { newest, damage } = readLog(log, file);
    // A last line without its end counts as torn.
    if (newest) expect([position, damage]).toEqual([bytes.length - 1, undefined]);
  }
  fs.writeFileSync(log, bytes);
  const { get } = await startApi({ file });
  expect((await get("/status")).revision).toBe(end);
});

describe("a log of an earlier version is read once and written anew", () => {
  /** A log as format 1 or 2 had it: with the hash of the document at each line, and no lines for the data file. */
  function toOld(file: string, format: 1 | 2, end: string): void {
    const log = path.join(logFolderOf(file), "db.json.log");
    const [first, ...lines] = fs
      .readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line.slice(checksumLength + 1)));
    const { held: _held, ...checkpoint } = first;
    const commits = lines.filter((line) => "puts" in line);
    const text = writeDocument(readDocument(fs.readFileSync(file), 0));
    const old = [
      { ...checkpoint, format, hash: hashOf(first.document) },
      ...commits.map((line) => ({ ...line, hash: line.rev === revOf(end) ? hashOf(text) : "" })),
    ];
    let checksum = "";
    const texts = old.map((line) => {
      const json = JSON.stringify(line);
      checksum = checksumOf(json, checksum);
      return format === 1 ? `${json}\n` : `${checksum} ${json}\n`;
    });
    fs.writeFileSync(log, texts.join(""));
  }

  test.each([1, 2] as const)("format %i", async (format) => {
    const file = makeFile();
    const { end } = await runOnce(file);
    toOld(file, format, end);
    const { get } = await startApi({ file });
    expect((await get("/status")).revision).toBe(end);
    const log = fs.readFileSync(path.join(logFolderOf(file), "db.json.log"), "utf8");
    expect(log).toMatch(/^[\w-]{22} \{"format":3/);
  });

  test.each([1, 2] as const)(
    "format %i, and one that leads elsewhere is not used",
    async (format) => {
      const file = makeFile();
      const { end } = await runOnce(file);
      toOld(file, format, "e.0");
      const { get } = await startApi({ file });
      expect(epochOf((await get("/status")).revision)).not.toBe(epochOf(end));
    },
  );
});

describe("a second server of one file is refused", () => {
  test.each<[string, (file: string) => string | undefined]>([
    [
      "with another folder for temporary files",
      () => {
        process.env.TMPDIR = "/var/tmp";
        return undefined;
      },
    ],
    [
      "by a symbolic link",
      (file) => {
        fs.symlinkSync(file, `${file}.link`);
        return `${file}.link`;
      },
    ],
    [
      "after its lock was deleted",
      (file) => fs.rmSync(`${logFolderOf(file)}/db.json.lock`) as undefined,
    ],
  ])("%s", async (_how, prepare) => {
    const file = makeFile();
    const before = process.env.TMPDIR;
    onTestFinished(() => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    });
    await startApi({ file });
    const other = prepare(file) ?? file;
    await expect(startApi({ file: other })).rejects.toThrow("another server has this file");
  });

  test("by a hard link", async () => {
    const file = makeFile();
    await startApi({ file });
    fs.linkSync(file, `${file}.hard`);
    await expect(startApi({ file: `${file}.hard` })).rejects.toThrow(
      "has another name (a hard link)",
    );
  });
});

describe("what cannot be replaced is refused with a reason", () => {
  test("a pipe, and nothing waits for its writer", async () => {
    const file = makeFile();
    execFileSync("mkfifo", [`${file}.pipe`]);
    await expect(startApi({ file: `${file}.pipe` })).rejects.toThrow("it is not a regular file");
    await expect(startApi({ file: "/dev/null" })).rejects.toThrow("it is not a regular file");
    await expect(startApi({ file: path.dirname(file) })).rejects.toThrow(
      "it is not a regular file",
    );
  });

  test("a file that is mounted by itself", () => {
    const file = makeFile();
    const mounts = `36 35 98:0 /x ${file} rw,noatime master:1 - ext3 /dev/root rw`;
    expect(() => checkServable(file, mounts)).toThrow("mount its folder instead");
    expect(() => checkServable(file, mounts.replace(file, path.dirname(file)))).not.toThrow();
  });
});

test("a link that is pointed elsewhere stops the writes, and says so", async () => {
  const file = makeFile();
  const link = `${file}.link`;
  fs.symlinkSync(file, link);
  const { get, call } = await startApi({ file: link });
  const other = makeFile();
  fs.rmSync(link);
  fs.symlinkSync(other, link);
  const answer = await call("PATCH", "/activities/act-02", { pinned: true });
  expect([answer.status, answer.json.detail]).toEqual([503, expect.stringContaining(other)]);
  expect((await get("/status")).json.file).toEqual({ broken: expect.stringContaining("restart") });
  expect(readFile(file)).toEqual(readFile(other));
});

test("a pipe in the place of the file while it is served is reported", async () => {
  const { get, call, file } = await startApi();
  fs.rmSync(file);
  execFileSync("mkfifo", [file]);
  expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(503);
  expect((await get("/status")).json.file).toEqual({
    broken: expect.stringContaining("it is not a regular file"),
  });
});

test("a file that another server serves, or that is missing or broken, is refused with a reason", async () => {
  const file = makeFile();
  const { stop } = await startApi({ file });
  await expect(startApi({ file })).rejects.toThrow("another server has this file open");
  await stop();
  await (await startApi({ file })).stop();
  fs.writeFileSync(file, JSON.stringify({ ...smallData, accounts: 3 }));
  await expect(startApi({ file })).rejects.toThrow(`${file}: accounts: expected an array`);
  fs.rmSync(file);
  await expect(startApi({ file })).rejects.toThrow(`${file}: there is no such file`);
});

test("a disk that takes seconds for a line of the log makes no buffer too old for the next start", async () => {
  const file = makeFile({ ...smallData, notes: [{ id: "a", text: "old" }] });
  const before = readDocument(fs.readFileSync(file), 1);
  const logPath = path.join(path.dirname(file), "test.log");
  const log = await openLogFile(logPath, file);
  const state = { epoch: "e", rev: 1, document: before, changes: [], answers: [], history: [] };
  await log.checkpoint(state, 1_000, { hash: "before" });
  const row = { id: "b", text: "acknowledged" };
  await log.append({ rev: 2, at: 2_000, puts: [{ resource: "notes", id: "b", row }], answers: [] });
  // This line took 4 s: until then a program could read the file as it was.
  await log.append({ at: 2_100, written: "after", behind: 0 });
  const other = { id: "c", text: "later" };
  await log.append({
    ...{ rev: 3, at: 6_100, answers: [] },
    puts: [{ resource: "notes", id: "c", row: other }],
  });
  await log.close();

  const { newest, recent } = readLog(logPath, file);
  const edited = readDocument(
    Buffer.from(JSON.stringify({ ...smallData, notes: [{ id: "a", text: "edited" }] })),
    1,
  );
  const current = newest?.document ?? new Map();
  expect(recent?.baseOf(edited, current, 9_000)).toEqual(before);
});

test("a log begun anew knows what the file holds, which lacks rows that only the log has", async () => {
  const file = makeFile({ ...smallData, notes: [{ id: "a", text: "old" }] });
  const inFile = readDocument(fs.readFileSync(file), 1);
  const rows = [
    { id: "a", text: "old" },
    { id: "b", text: "acknowledged" },
  ];
  const document = readDocument(Buffer.from(JSON.stringify({ ...smallData, notes: rows })), 1);
  const logPath = path.join(path.dirname(file), "test.log");
  const log = await openLogFile(logPath, file);
  const state = { epoch: "e", rev: 1, document, changes: [], answers: [], history: [] };
  await log.checkpoint(state, 1_000, { hash: "in the file", document: inFile });
  await log.close();

  const { newest, held, recent } = readLog(logPath, file);
  expect(held).toMatchObject({ hash: "in the file" });
  const current = newest?.document ?? new Map();
  const saved = { ...smallData, notes: [{ id: "a", text: "edited" }] };
  const edited = readDocument(Buffer.from(JSON.stringify(saved)), 1);
  expect(recent?.baseOf(edited, current, 90_000)).toEqual(inFile);
});

test("a log is not begun anew before it has all that a buffer may have been made from", async () => {
  const file = makeFile();
  const document = readDocument(fs.readFileSync(file), 1);
  const logPath = path.join(path.dirname(file), "test.log");
  const log = await openLogFile(logPath, file);
  const state = { epoch: "e", rev: 1, document, changes: [], answers: [], history: [] };
  await log.checkpoint(state, 10_000, null);
  const row = { id: "b", text: "x".repeat(8_100_000) };
  await log.append({
    rev: 2,
    at: 10_500,
    puts: [{ resource: "notes", id: "b", row }],
    answers: [],
  });
  expect([log.isLong(11_000), log.isLong(16_000)]).toEqual([false, true]);
  await log.close();
  const { tail, since } = readLog(logPath, file);
  const again = await openLogFile(logPath, file, { tail, since });
  expect([again.isLong(11_000), again.isLong(16_000)]).toEqual([false, true]);
  await again.close();
});
