import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { startApi } from "#api/testing/start-api.ts";

const sh = (command: string, file: string) => execFileSync("sh", ["-c", command, "sh", file]);
const text = (data: unknown) => JSON.stringify(data, null, 2);
const renamed = { ...smallData, users: [{ id: "usr-1", name: "Edited" }, smallData.users[1]] };

describe("a hand edit is served within a second, however it is saved", () => {
  test.each<[string, (file: string) => void]>([
    ["in place", (file) => fs.writeFileSync(file, text(renamed))],
    ["by sed -i", (file) => sh(`sed -i 's/"Maya"/"Edited"/' "$1"`, file)],
    [
      "by mv",
      (file) => {
        fs.writeFileSync(`${file}.new`, text(renamed));
        sh('mv "$1.new" "$1"', file);
      },
    ],
    [
      "by a backup and a new file",
      (file) => {
        fs.renameSync(file, `${file}~`);
        fs.writeFileSync(file, text(renamed));
      },
    ],
    [
      "in pieces",
      (file) => {
        const fd = fs.openSync(file, "w");
        for (const piece of text(renamed).match(/[\s\S]{1,400}/g) ?? []) fs.writeSync(fd, piece);
        fs.closeSync(fd);
      },
    ],
    [
      "with its old time stamp",
      (file) => {
        const { atime, mtime } = fs.statSync(file);
        fs.writeFileSync(file, text(smallData).replace('"Maya"', '"Edited"'));
        fs.utimesSync(file, atime, mtime);
      },
    ],
    [
      "with CRLF and a byte order mark",
      (file) => {
        fs.writeFileSync(file, `\uFEFF${text(renamed).replaceAll("\n", "\r\n")}`);
      },
    ],
  ])("%s", async (_style, save) => {
    const { get, file } = await startApi();
    const { revision } = await get("/status");
    save(file);
    await eventually(async () => {
      expect((await get("/users/usr-1")).json.name).toBe("Edited");
    }, 1_000);
    const { json } = await get(`/changes?since=${revision}`);
    expect(json.changes).toMatchObject([{ resource: "users", id: "usr-1", op: "update" }]);
  });
});

test("added, deleted, moved and edited rows become changes with their parents", async () => {
  const { get, file } = await startApi();
  const { revision } = await get("/status");
  const [first, second, third] = smallData.accounts;
  const [, ...activities] = smallData.activities;
  const extra = { ...smallData.activities[0], id: "act-99", accountId: "acc-2" };
  const accounts = [first, third, second];
  fs.writeFileSync(file, text({ ...smallData, accounts, activities: [...activities, extra] }));
  const { json } = await eventually(async () => {
    const answer = await get(`/changes?since=${revision}`);
    expect(answer.json.changes).not.toEqual([]);
    return answer;
  });
  expect(json.changes).toMatchObject([
    { op: "delete", id: "act-01", parents: { accountId: "acc-1" } },
    { op: "update", id: "acc-3" },
    { op: "update", id: "acc-2" },
    { op: "create", id: "act-99", parents: { accountId: "acc-2" } },
  ]);
  expect((await get("/accounts")).rows.map((row) => row.id)).toEqual(["acc-1", "acc-3", "acc-2"]);
});

test("the server's own writes are never taken for hand edits", async () => {
  const { call, lines } = await startApi();
  for (let n = 0; n < 20; n += 1) {
    await call("PATCH", "/activities/act-01", { title: `Title ${n}` });
  }
  expect(lines).toEqual([]);
});

test("a write right after a hand edit keeps both", async () => {
  const { call, file } = await startApi();
  for (let n = 0; n < 10; n += 1) {
    const data = readFile(file);
    const users = [{ id: "usr-1", name: `Edit ${n}` }, smallData.users[1]];
    fs.writeFileSync(file, text({ ...data, users }));
    await call("PATCH", "/activities/act-02", { title: `Title ${n}` });
    await eventually(() => {
      expect(readFile(file).users?.[0]?.name).toBe(`Edit ${n}`);
      expect(readFile(file).activities?.[1]?.title).toBe(`Title ${n}`);
    });
  }
});

test("an editor's stale buffer does not undo a write that it had not read", async () => {
  const { get, call, file } = await startApi();
  const buffer = readFile(file);
  await call("PATCH", "/activities/act-02", { pinned: true });
  await call("POST", "/activities", { accountId: "acc-1", kind: "note", title: "New" });
  const [maya, tom] = buffer.users ?? [];
  fs.writeFileSync(file, text({ ...buffer, users: [{ ...maya, name: "Edited" }, tom] }));
  await eventually(async () => {
    expect((await get("/users/usr-1")).json.name).toBe("Edited");
  });
  expect((await get("/activities/act-02")).json.pinned).toBe(true);
  expect((await get("/activities")).rows).toHaveLength(13);
  await eventually(() => expect(readFile(file).activities).toHaveLength(13));
});

test.each([0, 80, 400])(
  "one buffer saved three times, %i ms apart, undoes no write",
  async (ms) => {
    const { get, call, file } = await startApi();
    const buffer = readFile(file);
    const titles: string[] = [];
    const write = async () => {
      const title = `Written ${titles.length}`;
      titles.push(title);
      const answer = await call("POST", "/activities", { accountId: "acc-1", kind: "note", title });
      expect(answer.status).toBe(201);
    };
    await write();
    for (let n = 0; n < 3; n += 1) {
      const users = [{ id: "usr-1", name: `Edit ${Math.min(n, 1)}` }, smallData.users[1]];
      fs.writeFileSync(file, text({ ...buffer, users }));
      await new Promise((resolve) => setTimeout(resolve, ms));
      await write();
      expect((await get("/users/usr-1")).json.name).toBe(`Edit ${Math.min(n, 1)}`);
      const rows = (await get("/activities")).rows.map((row) => row.title);
      for (const title of titles) expect(rows).toContain(title);
    }
  },
);

test("a program that keeps saving starves no write, and the write is in the file afterwards", async () => {
  const { call, file } = await startApi();
  let saves = 0;
  let isSaving = true;
  // Each from what it saved before, so that it never holds the write.
  const saver = (async () => {
    while (isSaving) {
      saves += 1;
      fs.writeFileSync(file, text({ ...smallData, own: [{ id: 1, saves }] }));
      await new Promise(setImmediate);
    }
  })();
  const { status } = await call("PATCH", "/activities/act-02", { pinned: true });
  isSaving = false;
  await saver;
  expect(status).toBe(200);
  await eventually(() => {
    const { activities, own } = readFile(file);
    expect(activities?.find(({ id }) => id === "act-02")?.pinned).toBe(true);
    expect(own).toEqual([{ id: 1, saves }]);
  });
});

test("two programs that read one file and save it after each other both keep their edits", async () => {
  const { get, file } = await startApi();
  const data = readFile(file);
  const [maya, tom] = smallData.users;
  fs.writeFileSync(file, text({ ...data, users: [{ ...maya, name: "First" }, tom] }));
  await eventually(async () => expect((await get("/users/usr-1")).json.name).toBe("First"));
  fs.writeFileSync(file, text({ ...data, users: [maya, { ...tom, name: "Second" }] }));
  await eventually(async () => expect((await get("/users/usr-2")).json.name).toBe("Second"));
  expect((await get("/users/usr-1")).json.name).toBe("First");
});

describe("a save by rename in the middle of a replacement is not lost", () => {
  test.each(["before the file is taken", "before the next one is put"])("%s", async (when) => {
    const { get, call, file } = await startApi();
    const save = () => {
      fs.writeFileSync(`${file}.new`, text(renamed));
      execFileSync("mv", [`${file}.new`, file]);
    };
    const rename = fs.renameSync;
    let isSaved = false;
    vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      const isReplacement = from === file && !isSaved;
      if (isReplacement && when.includes("taken")) save();
      rename(from, to);
      if (isReplacement && when.includes("put")) save();
      if (isReplacement) isSaved = true;
    });
    const answer = await call("PATCH", "/activities/act-02", { pinned: true });
    expect(answer.status).toBe(200);
    await eventually(() => expect(isSaved).toBe(true));
    await eventually(async () => expect((await get("/users/usr-1")).json.name).toBe("Edited"));
    expect((await get("/activities/act-02")).json.pinned).toBe(true);
    await eventually(() => {
      expect(readFile(file)).toMatchObject({ users: [{ name: "Edited" }, {}] });
      expect(readFile(file).activities?.[1]?.pinned).toBe(true);
    });
  });
});

test("an edit written into the file while it is replaced is not lost", async () => {
  const { get, call, file } = await startApi();
  const fd = fs.openSync(file, "r+");
  await call("PATCH", "/activities/act-02", { pinned: true });
  const late = `${text(renamed)}\n`;
  fs.ftruncateSync(fd);
  fs.writeSync(fd, late, 0);
  fs.closeSync(fd);
  await eventually(async () => {
    expect((await get("/users/usr-1")).json.name).toBe("Edited");
  });
  expect((await get("/activities/act-02")).json.pinned).toBe(true);
  expect(readFile(file).users?.[0]?.name).toBe("Edited");
});

describe("a broken file is reported and not overwritten", () => {
  const [row] = smallData.activities;
  test.each<[string, string, string]>([
    ["torn", text(smallData).slice(0, 300), "not valid JSON"],
    ["empty", "", "the file is empty"],
    [
      "with an array at the top",
      "[]",
      "expected an object of collections at the top, found an array",
    ],
    [
      "without a built-in resource",
      text({ ...smallData, users: undefined }),
      "users: expected an array",
    ],
    [
      "with a field of the wrong type",
      text({ ...smallData, activities: [row, { ...row, id: "x", pinned: "yes" }] }),
      "activities[1].pinned: expected boolean, received string",
    ],
    [
      "with the same id twice",
      text({ ...smallData, activities: [row, row] }),
      'activities[1].id: "act-01" is also the id of activities[0]',
    ],
    ["with __proto__", text(smallData).replace('"role"', '"__proto__"'), "cannot be a field name"],
  ])("%s", async (_kind, contents, reason) => {
    const { get, call, file } = await startApi();
    fs.writeFileSync(file, contents);
    await eventually(async () => {
      const { file } = (await get("/status")).json;
      expect(file).toEqual({ broken: expect.stringContaining(reason) });
    });
    expect((await get("/activities")).rows).toHaveLength(12);
    const write = await call("PATCH", "/activities/act-02", { pinned: true });
    expect([write.status, write.json.detail]).toEqual([503, expect.stringContaining(reason)]);
    expect(fs.readFileSync(file, "utf8")).toBe(contents);
    fs.writeFileSync(file, text(renamed));
    await eventually(async () => expect((await get("/status")).json.file).toBe("ok"));
    expect((await get("/users/usr-1")).json.name).toBe("Edited");
    expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(200);
  });

  test("a deleted file is not created again", async () => {
    const { get, call, file } = await startApi();
    fs.rmSync(file);
    expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(503);
    expect(fs.existsSync(file)).toBe(false);
    expect((await get("/status")).json.file).toEqual({ broken: "the file is gone: put it back" });
    fs.writeFileSync(file, text(smallData));
    await eventually(async () => expect((await get("/status")).json.file).toBe("ok"));
  });
});

test("versions and counts in built-in resources are ignored, and removed by the next write", async () => {
  const accounts = smallData.accounts.map((row) => ({ ...row, version: 3, pinnedCount: 99 }));
  const file = makeFile({ ...smallData, accounts });
  const { get, call } = await startApi({ file });
  expect((await get("/accounts/acc-1")).json).toMatchObject({ pinnedCount: 1 });
  await call("PATCH", "/activities/act-02", { pinned: true });
  await eventually(() => expect(readFile(file).accounts).toEqual(smallData.accounts));
});

test("a collection added by hand is served until it is removed", async () => {
  const { get, file } = await startApi();
  fs.writeFileSync(file, text({ ...smallData, todos: [{ id: 1, text: "x" }] }));
  await eventually(async () => expect((await get("/todos/1")).json.text).toBe("x"));
  fs.writeFileSync(file, text(smallData));
  await eventually(async () => expect((await get("/todos/1")).status).toBe(404));
});

describe("what cannot be served is said, left out, and kept in the file", () => {
  const [first, second, ...others] = smallData.activities;
  const odd = [first, { title: "no id" }, second, null, { id: "..", x: 1 }, ...others];
  const own = { own: [{}, { id: 7 }, "text"] };

  test("rows without an id: the others are served and written, by hand, by requests and over a restart", async () => {
    const file = makeFile({ ...smallData, activities: odd, ...own });
    const { get, call, lines, stop } = await startApi({ file });
    expect(lines).toEqual([
      "activities[1] is kept in the data file and not served: it has no id",
      "activities[3] is kept in the data file and not served: expected an object, found null",
      expect.stringMatching(
        /^activities\[4\] is kept in the data file and not served: id: expected/,
      ),
      "own[0] is kept in the data file and not served: it has no id",
      "own[2] is kept in the data file and not served: expected an object, found a string",
    ]);
    expect((await get("/activities")).rows).toHaveLength(12);
    expect((await get("/status")).json.file).toBe("ok");
    expect((await call("PATCH", "/activities/act-02", { pinned: true })).status).toBe(200);
    expect((await call("POST", "/own", { n: 1 })).json.id).toBe(8);
    await eventually(() => {
      const { activities, own } = readFile(file);
      expect(activities).toEqual(
        odd.map((row) => (row === second ? { ...row, pinned: true } : row)),
      );
      expect(own).toEqual([{}, { id: 7 }, "text", { n: 1, id: 8 }]);
    });
    const after = readFile(file);

    fs.writeFileSync(file, text({ ...after, own: [{ id: 7 }, { n: 2 }, { n: 1, id: 8 }] }));
    await eventually(() => expect(lines.join()).toContain("own[1] is kept in the data file"));
    await call("PATCH", "/activities/act-03", { pinned: true });
    await eventually(() => {
      expect(readFile(file).activities?.find((row) => row?.id === "act-03")?.pinned).toBe(true);
    });
    expect(readFile(file).own).toEqual([{ id: 7 }, { n: 2 }, { n: 1, id: 8 }]);
    const { revision } = await get("/status");
    await stop();
    const again = await startApi({ file });
    expect((await again.get("/status")).revision).toBe(revision);
    await again.call("DELETE", "/own/7");
    await eventually(() => expect(readFile(file).own).toEqual([{ n: 2 }, { n: 1, id: 8 }]));
  });

  test("a collection that is called like a path of the API: at the start, by hand and in the answer", async () => {
    const file = makeFile({ ...smallData, status: [{ id: 1 }], db: [], "two words": [{ id: 1 }] });
    const { get, call, lines } = await startApi({ file });
    expect(lines).toEqual([
      expect.stringContaining(
        '"status" of the data file is kept and not served, because /status is',
      ),
      expect.stringContaining('"db" of the data file is kept'),
      expect.stringContaining('"two words" of the data file is kept'),
    ]);
    for (const answer of [
      await get("/status/1"),
      await call("POST", "/status", { n: 1 }),
      await call("PATCH", "/status/1", { n: 1 }),
      await get("/users/usr-1/status"),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(404);
      expect(answer.json.detail).toContain('"status" of the data file is kept and not served');
    }
    expect((await get("/two%20words")).json.detail).toContain(
      '"two words" of the data file is kept',
    );
    expect((await call("POST", "/changes", {})).json.detail).not.toContain("data file");
    fs.writeFileSync(file, text({ ...smallData, faults: [{ id: 1 }] }));
    await eventually(() => expect(lines.join()).toContain('"faults" of the data file is kept'));
  });
});

test("a time edited by hand is served in UTC with milliseconds, sorted and filtered as a time, and kept as written", async () => {
  const [row] = smallData.activities;
  const times = ["2026-11-20T09:00:00Z", "2026-11-20T10:00:00.500+01:00", "2026-11-20T08:59:59.9Z"];
  const activities = times.map((at, index) => ({ ...row, id: `t${index}`, at }));
  const file = makeFile({ ...smallData, activities });
  const { get, call } = await startApi({ file });
  const served = async (query: string) =>
    (await get(`/activities${query}`)).rows.map((row) => row.at);
  const [a, b, c] = [
    "2026-11-20T09:00:00.000Z",
    "2026-11-20T09:00:00.500Z",
    "2026-11-20T08:59:59.900Z",
  ];
  expect(await served("")).toEqual([b, a, c]);
  expect(await served("?at_lte=2026-11-20T09:00:00Z")).toEqual([a, c]);
  expect(await served("?at=2026-11-20T10:00:00%2B01:00")).toEqual([a]);
  expect(await served("?at_gte=2026-11-20T09")).toEqual([b, a]);
  await call("PATCH", "/activities/t0", { pinned: true });
  await eventually(() => expect(readFile(file).activities?.[0]?.pinned).toBe(true));
  expect(readFile(file).activities?.map((row) => row.at)).toEqual(times);
  const moved = await call("PATCH", "/activities/t0", { at: "2026-11-20T00:30:00+02:00" });
  expect(moved.json.at).toBe("2026-11-19T22:30:00.000Z");
});
