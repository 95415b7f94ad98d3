import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { fileStore } from "./file-store.ts";
import { createLog } from "./log.ts";

function makeFile() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-log-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, "log/changes.log");
}

async function open(file: string, { maxChanges = 1_000, report = vi.fn() } = {}) {
  const log = await createLog({ store: fileStore(file, { report }), maxChanges });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await log.close();
    isOpen = false;
  };
  onTestFinished(close);
  const write = (id: string, key?: string) =>
    log.write(
      ({ change }) => {
        change({ resource: "notes", id, op: "update", row: { id } });
        return { id };
      },
      key === undefined ? null : { key, fingerprint: id },
    );
  const writeRows = (rows: readonly Record<string, unknown>[]) =>
    log.write(({ change }) => {
      for (const row of rows) change({ resource: "notes", id: "1", op: "update", row });
    });
  return { ...log, write, writeRows, close, report };
}

test("a log goes on after a restart: its epoch, its changes and its answers to keys", async () => {
  const file = makeFile();
  const first = await open(file);
  const start = first.revision();
  await first.write("1");
  const answer = await first.write("2", "k");
  await first.close();
  const second = await open(file);
  expect(second.revision()).toEqual(answer.revision);
  expect(second.since(start.rev)?.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(await second.write("2", "k")).toEqual({ ...answer, replayed: true });
  expect((await second.write("3")).revision.rev).toBe(answer.revision.rev + 1);
});

test("a line that was torn by a crash is dropped, and the next one takes its place", async () => {
  const file = makeFile();
  const first = await open(file);
  const { revision } = await first.write("1");
  const length = fs.statSync(file).size;
  await first.write("2");
  await first.close();
  fs.truncateSync(file, fs.statSync(file).size - 5);
  const second = await open(file);
  expect(second.revision()).toEqual(revision);
  await second.write("3");
  await second.close();
  const third = await open(file);
  expect(third.since(revision.rev)?.map(({ id }) => id)).toEqual(["3"]);
  expect(fs.readFileSync(file, "utf8").slice(length)).not.toContain('"2"');
});

test.each([
  [
    "a line is missing",
    (lines: string[]) => lines.toSpliced(1, 1),
    "line 2 has the wrong checksum",
  ],
  [
    "a line was edited",
    (lines: string[]) => lines.map((line) => line.replace('"id":"2"', '"id":"9"')),
    "line 3 has the wrong checksum",
  ],
  ["it is of something else", () => ["{}", ""], "line 1 has the wrong checksum"],
])(
  "where %s, another epoch begins after every revision that was told",
  async (_, damage, reason) => {
    const file = makeFile();
    const first = await open(file);
    for (const id of ["1", "2", "3"]) await first.write(id);
    const told = first.revision();
    await first.close();
    fs.writeFileSync(file, damage(fs.readFileSync(file, "utf8").split("\n")).join("\n"));
    const second = await open(file);
    expect(second.report).toHaveBeenCalledWith(expect.stringContaining(reason));
    expect(second.revision().epoch).not.toBe(told.epoch);
    expect(second.revision().rev).toBeGreaterThan(told.rev);
    expect(second.since(told.rev)).toBeNull();
    expect(fs.existsSync(`${file}.damaged`)).toBe(true);
  },
);

test("a file that is deleted while it is open is written anew, whole", async () => {
  const file = makeFile();
  const first = await open(file);
  const { revision } = await first.write("1");
  fs.rmSync(file);
  await first.write("2");
  await first.close();
  const second = await open(file);
  expect(second.since(revision.rev - 1)?.map(({ id }) => id)).toEqual(["1", "2"]);
});

test("a file that has grown long is replaced by its latest changes, and goes on", async () => {
  const file = makeFile();
  const first = await open(file, { maxChanges: 5 });
  const row = { text: "x".repeat(16_000) };
  const whole = Array.from({ length: 100 }, () => row);
  let last = first.revision();
  // 1.6 MB each, and 8 MB are the limit.
  for (let n = 0; n < 8; n += 1) {
    const { revision } = await first.writeRows(whole);
    last = revision;
  }
  expect(fs.statSync(file).size).toBeLessThan(6_000_000);
  await first.close();
  const second = await open(file, { maxChanges: 5 });
  expect(second.revision()).toEqual(last);
  expect(second.since(last.rev - 5)).toHaveLength(5);
});

test("a second process does not open the file", async () => {
  const file = makeFile();
  const first = await open(file);
  await expect(open(file)).rejects.toThrow("another server has this file open");
  await first.close();
  await expect(open(file)).resolves.toBeDefined();
});
