import { answerAgeMs, createKeptAnswers } from "./kept-answers.ts";
import type { LoggedAnswer, LogStore } from "./log-store.ts";
import { newLog } from "./new-log.ts";

/** How many answers to writes with a key are kept, and how many characters of JSON they may have together. */
export const keptAnswers = { limit: 1_000, maxSize: 8_000_000, maxAgeMs: answerAgeMs };

/** A log that lives as long as its process. Each start is another epoch, and tabs read everything again. */
export function memoryStore({ now = Date.now }: { now?: () => number } = {}): LogStore {
  const log = newLog(now);
  const answers = createKeptAnswers<LoggedAnswer>({ answers: [], ...keptAnswers, now });
  return {
    open: async () => log,
    async write(_since, run) {
      const findAnswer = async (key: string) => answers.find(key);
      const entry = await run({ tx: undefined, missed: [], findAnswer });
      if (entry?.answer) answers.add([entry.answer]);
    },
  };
}
