import fs from "node:fs";
import path from "node:path";
import * as z from "zod/mini";
import { changeSchema, revSchema } from "../wire/change.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import { lockFile } from "./lock-file.ts";
import type { LogEntry, LoggedAnswer, LogStore, StoredLog } from "./log-store.ts";
import { keptAnswers } from "./memory-store.ts";
import { newLog } from "./new-log.ts";
import { createRecentChanges } from "./recent-changes.ts";
import { openSealedLines, type SealedTail, unsealLines } from "./sealed-lines.ts";

const changes = z.array(changeSchema);
const answerSchema = z.object({
  key: z.string(),
  fingerprint: z.string(),
  value: z.unknown(),
  rev: revSchema,
  changes,
  at: z.number(),
});
const firstSchema = z.object({
  format: z.literal(1),
  epoch: z.string(),
  head: revSchema,
  changes,
  answers: z.array(answerSchema),
});
const lineSchema = z.object({ changes, answer: z.optional(answerSchema) });

export interface FileStoreOptions {
  /** Milliseconds since 1970; the system's clock by default. */
  now?: () => number;
  /** Hears in one line what is wrong with the file; `console.warn` by default. */
  report?: (line: string) => void;
}

/**
 * A log in a file, which outlives its process: a write is on disk when it is answered, and a line that was torn by a crash was
 * never answered. A file that fails verification is put aside (`.damaged`), and another epoch begins.
 * One process at a time has the file open.
 *
 * Rows are not in it. For those in memory the log is what they are made of; those in a file of the app's must say
 * the revision that they reflect, and take what `since` has after it when the app starts, as `onCommit` runs after the log is
 * written. Rows in a database want their log in the same database.
 */
export function fileStore(
  file: string,
  { now = Date.now, report = console.warn }: FileStoreOptions = {},
): LogStore {
  const opened = openOnce(open);

  async function open(limit: number) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const release = await lockFile(file, file, report);
    try {
      const { log, answers: saved, tail } = load(file, now, report);
      const lines = await openSealedLines(file, { tail });
      const recent = createRecentChanges({ ...log, limit });
      const answers = createKeptAnswers<LoggedAnswer>({ answers: saved, ...keptAnswers, now });
      const state = () => ({
        format: 1 as const,
        epoch: log.epoch,
        head: recent.head(),
        changes: recent.all(),
        answers: answers.all(),
      });
      if (!tail) await lines.replace(state());
      return { log, lines, recent, answers, state, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  return {
    async open(limit) {
      const { log, recent } = await opened(limit);
      return { epoch: log.epoch, head: recent.head(), changes: recent.all() };
    },
    async write(_since, run) {
      const { lines, recent, answers, state } = await opened();
      const findAnswer = async (key: string) => answers.find(key);
      const entry = await run({ tx: undefined, missed: [], findAnswer });
      if (!entry || (entry.changes.length === 0 && !entry.answer)) return;
      if (!(await lines.exists())) await lines.replace(state());
      await lines.append(entry satisfies LogEntry);
      recent.append(entry.changes);
      if (entry.answer) answers.add([entry.answer]);
      // What was answered is on disk by now: without the shorter file the log goes on in this one.
      if (lines.isLong()) await lines.replace(state()).catch(() => {});
    },
    async close() {
      const { lines, release } = await opened();
      await lines.close();
      release();
    },
  };
}

/** Opens with the first call's limit, once. */
function openOnce<T>(open: (limit: number) => Promise<T>) {
  let opened: Promise<T> | null = null;
  return (limit?: number): Promise<T> => {
    if (!opened && limit === undefined) throw new Error("The store is not open.");
    opened ??= open(limit ?? 0);
    return opened;
  };
}

function load(file: string, now: () => number, report: (line: string) => void) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  const { lines, tail } = unsealLines(text);
  const read = lines.length === 0 ? { log: newLog(now), answers: [] } : verify(lines, tail);
  if (!("damage" in read)) return { tail: undefined, ...read };
  fs.renameSync(file, `${file}.damaged`);
  report(`${file} is not used: ${read.damage}. Another epoch begins`);
  return { log: newLog(now, read.rev), answers: [], tail: undefined };
}

type Read =
  | { log: StoredLog; answers: readonly LoggedAnswer[]; tail: SealedTail }
  /** `rev` is the last one that it names, verified or not. */
  | { damage: string; rev: number };

function verify(lines: ReturnType<typeof unsealLines>["lines"], tail: SealedTail): Read {
  const first = firstSchema.safeParse(lines[0]?.value).data;
  const later = lines.slice(1).map(({ value }) => lineSchema.safeParse(value).data);
  const all = [...(first?.changes ?? []), ...later.flatMap((line) => line?.changes ?? [])];
  const rev = Math.max(first?.head ?? 0, ...all.map((change) => change.rev));
  const bad = lines.findIndex(({ sum }) => sum !== "right");
  if (bad >= 0) return { damage: `line ${bad + 1} has the wrong checksum`, rev };
  if (!first) return { damage: "its first line is invalid", rev };
  if (later.includes(undefined)) return { damage: "it has an invalid line", rev };
  const { epoch, head, answers } = first;
  const isWhole = all.every((change, at) => change.rev === head - first.changes.length + 1 + at);
  if (!isWhole) return { damage: "its revisions have a gap", rev };
  const newer = later.flatMap((line) => line?.answer ?? []);
  const log = { epoch, head: all.at(-1)?.rev ?? head, changes: all };
  return { log, answers: [...answers, ...newer], tail };
}
