import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { type Json, readFile, smallData } from "./data-file.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface TortureResult {
  writes: number;
  saves: number;
  kills: number;
  /** What is missing at the end: acknowledged writes, and edits saved by hand, each with what is there instead. */
  lostWrites: string[];
  lostSaves: string[];
  /** What the servers wrote to their logs. */
  lines: string;
}

/** Less than the age at which a buffer's base is no longer known. */
const maxBufferMs = 2_500;

type Save = (file: string, text: string) => void | Promise<void>;

const styles: Record<string, Save> = {
  "in place": (file, text) => fs.writeFileSync(file, text),
  "by rename": (file, text) => {
    fs.writeFileSync(`${file}.new`, text);
    fs.renameSync(`${file}.new`, file);
  },
  "by a backup and a new file": (file, text) => {
    fs.renameSync(file, `${file}~`);
    fs.writeFileSync(file, text);
  },
  "in pieces": async (file, text) => {
    const fd = fs.openSync(file, "w");
    for (let start = 0; start < text.length; start += 8_192) {
      fs.writeSync(fd, text.slice(start, start + 8_192));
      await pause(1);
    }
    fs.closeSync(fd);
  },
};

/**
 * Writers, an editor and kills on one data file, until there are so many acknowledged writes, saves and kills.
 * The editor's buffers are up to 500 ms old, and each is saved up to three times, in all styles; a third of the
 * kills comes within 20 ms of a save. Writers and editor change different fields, partly of the same rows, so
 * at the end everything must be there.
 */
export async function torture(options: {
  main: string;
  file: string;
  writes: number;
  saves: number;
  /** Mean time between kills. */
  killEveryMs: number;
  /** How many kills there are at least. */
  kills?: number;
  /** Rows that nobody changes: a large file takes long to save, and an edit of it fills the log. */
  ballast?: number;
}): Promise<TortureResult> {
  const { main, file, killEveryMs } = options;
  const ballast = Array.from({ length: options.ballast ?? 0 }, (_, at) => ({
    id: `row-${at}`,
    text: "A row that nobody changes, and that every save writes again. ".repeat(3),
  }));
  fs.writeFileSync(file, JSON.stringify({ ...smallData, edits: [], ballast }, null, 2));
  /** The values that a field may have, by collection, id and field. More than one: the answer to a write was lost. */
  const written = new Map<string, string[]>();
  const saved = new Map<string, string[]>();
  let [writes, saves, kills, count] = [0, 0, 0, 0];
  let lines = "";
  let server = await startServer(main, { DB: file });
  const { base } = server;
  const API_PORT = new URL(base).port;
  const isDone = () =>
    writes >= options.writes && saves >= options.saves && kills >= (options.kills ?? 0);

  async function kill(): Promise<void> {
    kills += 1;
    const killed: ServerProcess = server;
    killed.child.kill("SIGKILL");
    await killed.exited;
    lines += `${killed.err()}-- killed\n`;
    for (let tries = 0; tries < 10; tries += 1) {
      server = await startServer(main, { DB: file, API_PORT });
      if (server.base !== "") return;
      lines += server.err(); // A save under way has taken the file away: a supervisor tries again.
      await pause(100);
    }
    throw new Error(`the server does not start: ${server.err()}`);
  }

  async function send(method: string, target: string, body: Json): Promise<Json | null> {
    try {
      const response = await fetch(`${base}${target}`, {
        method,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      const json = (await response.json()) as Json;
      if (response.ok) return json;
      if (response.status !== 503) throw new Error(`${response.status}: ${JSON.stringify(json)}`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // The server was killed: nothing was acknowledged.
    }
    await pause(20);
    return null;
  }

  async function writer(number: number): Promise<void> {
    while (!isDone()) {
      count += 1;
      const title = `w${count}`;
      if (count % 2 === 0) {
        const row = await send("POST", "/activities", { accountId: "acc-1", kind: "note", title });
        if (row) written.set(`activities/${row.id}/title`, [title]);
        if (row) writes += 1;
      } else {
        // Each writer has rows of its own, so that the last of its values is known.
        const id = `act-${String(1 + number * 4 + (count % 4)).padStart(2, "0")}`;
        const key = `activities/${id}/title`;
        const row = await send("PATCH", `/activities/${id}`, { title });
        written.set(key, row ? [title] : [...(written.get(key) ?? [""]), title]);
        if (row) writes += 1;
      }
      await pause(Math.random() * 20);
    }
  }

  /** An edit adds a row, or marks a row that the writers change as well. */
  function edit(buffer: Record<string, Json[]>): void {
    count += 1;
    const text = `e${count}`;
    if (count % 2 === 0) {
      buffer.edits = [...(buffer.edits ?? []), { id: text, text }];
      saved.set(`edits/${text}/text`, [text]);
      return;
    }
    const rows = buffer.activities ?? [];
    const row = rows[count % smallData.activities.length];
    if (!row) return;
    row.mark = text;
    saved.set(`activities/${row.id}/mark`, [text]);
  }

  async function open(): Promise<Record<string, Json[]>> {
    for (;;) {
      try {
        return readFile(file);
      } catch {
        await pause(2); // Taken away for a moment, or another save is half written.
      }
    }
  }

  async function editor(): Promise<void> {
    while (!isDone()) {
      const openedAt = Date.now();
      const buffer = await open();
      await pause(Math.random() * 500);
      const times = 1 + Math.floor(Math.random() * 3);
      for (let time = 0; time < times; time += 1) {
        if (time > 0) await pause(80 + Math.random() * 320);
        // A machine that stalls makes buffers older than the server promises to know.
        if (Date.now() - openedAt > maxBufferMs) break;
        if (time === 0 || Math.random() < 0.5) edit(buffer);
        const text = JSON.stringify(buffer, null, 2);
        const names = Object.keys(styles);
        const save = styles[names[Math.floor(Math.random() * names.length)] ?? ""];
        for (;;) {
          try {
            await save?.(file, text);
            break;
          } catch {
            await pause(1); // No such file, for the moment of a replacement: the editor says so, and one saves again.
          }
        }
        saves += 1;
        lastSave = Date.now();
      }
    }
  }

  let lastSave = 0;
  async function killer(): Promise<void> {
    while (!isDone()) {
      await pause(killEveryMs * (0.5 + Math.random()));
      if (Math.random() < 0.33) {
        const before = lastSave;
        while (lastSave === before && !isDone()) await pause(1);
        await pause(Math.random() * 20);
      }
      if (!isDone()) await kill();
    }
  }

  await Promise.all([writer(0), writer(1), writer(2), editor(), killer()]);
  await pause(3_000); // A replaced file is looked at for two seconds.
  const response = await fetch(`${base}/db`);
  const data = (await response.json()) as Record<string, Json[]>;
  lines += server.err();
  server.child.kill("SIGTERM");
  await server.exited;

  function missing(expected: Map<string, string[]>): string[] {
    return [...expected].flatMap(([key, values]) => {
      const [name = "", id, field = ""] = key.split("/");
      const value = data[name]?.find((row) => row.id === id)?.[field];
      return values.includes(String(value)) || values.includes("")
        ? []
        : [`${key}: ${values} is ${value}`];
    });
  }
  return { writes, saves, kills, lostWrites: missing(written), lostSaves: missing(saved), lines };
}
