import { areLevel, type LogReader, readStream, type Told } from "./log-reader.ts";
import { countNotes, postNote, readStatus } from "./notes.ts";
import type { TestPostgres } from "./start-postgres.ts";

export interface LoadResult extends Told {
  acknowledged: number;
  /** Acknowledged notes that are not there at the end, and those that are there more than once. */
  lost: string[];
  doubled: string[];
  /** Streams that have the head at the end. */
  level: number;
}

/** What is done to two replicas on one database, under streams and writers. */
export interface TrialOptions {
  /** The command that starts a replica. */
  main: string;
  postgres: TestPostgres;
  file: Uint8Array;
  streams: number;
  writers: number;
  rounds: number;
  /** How long each state lasts, in milliseconds. */
  pauseMs: number;
}

/**
 * Writes notes to replicas of one database and reads their change streams, while `disturb` does something to them. A
 * writer sends a note until it is acknowledged, to one replica after the other, under one key.
 */
export async function replicasUnderLoad(
  bases: readonly string[],
  options: {
    streams: number;
    writers: number;
    /** A note was not acknowledged: it is sent again once this resolves. 0: without an answer. */
    refused: (status: number) => Promise<void> | void;
  },
  disturb: (readers: readonly LogReader[]) => Promise<void>,
): Promise<LoadResult> {
  const [base = ""] = bases;
  const told: Told = { outOfOrder: [], resets: 0, reconnects: 0 };
  const begin = await readStatus(base);
  const readers = Array.from({ length: options.streams }, (_, index) =>
    readStream(bases, index, begin, told),
  );
  const titles: string[] = [];
  let isOver = false;

  async function write(writer: number): Promise<void> {
    for (let n = 0; !isOver; n += 1) {
      const title = `note ${writer}-${n}`;
      for (let attempt = writer + n; ; attempt += 1) {
        const status = await postNote(bases[attempt % bases.length] ?? "", title);
        if (status === 201) break;
        await options.refused(status);
      }
      titles.push(title);
    }
  }

  const writing = Promise.all(Array.from({ length: options.writers }, (_, n) => write(n)));
  await disturb(readers);
  isOver = true;
  await writing;

  const level = await areLevel(readers, (await readStatus(base)).rev);
  for (const reader of readers) reader.close();
  const counts = await countNotes(base);
  return {
    ...told,
    level,
    acknowledged: titles.length,
    lost: titles.filter((title) => !counts.has(title)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([title]) => title),
  };
}
