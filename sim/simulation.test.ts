import { beforeAll, describe, expect, test } from "vitest";
import { createCoverage } from "./coverage.ts";
import { explore, describe as inWords } from "./explore.ts";
import { createRealms, type Realms } from "./realms.ts";
import { found } from "./regressions.ts";
import { type Outcome, playSchedule } from "./world.ts";

/** `npm run check` plays one seed. */
const isShort = process.env.SIMULATION === "short";

let realms: Realms;
beforeAll(async () => {
  realms = await createRealms();
});

test.for(found)(
  "stays in step where it once did not: $what",
  async ({ schedule }: (typeof found)[number]) => {
    const { violations } = await playSchedule(schedule, realms);
    expect(violations).toEqual([]);
  },
);

test("the same schedule plays the same way, event by event", async () => {
  const { schedule } = found.at(-2) ?? {};
  if (!schedule) throw new Error("no schedule");
  const logs: string[][] = [[], []];
  for (const log of logs) await playSchedule(schedule, realms, (line) => void log.push(line));
  expect(logs[0]).toEqual(logs[1]);
});

// Of several tests, so that one that breaks does not hide how far the others come. A counterexample is
// not shrunk here: the line that replays it does so.
describe("in a lossy world", () => {
  const coverage = createCoverage();

  test.for(Array.from({ length: isShort ? 1 : 10 }, (_, at) => at + 1))(
    "tabs stay in step through 200 schedules, seed %i",
    { timeout: 300_000 },
    async (seed) => {
      const onRun = (outcome: Outcome) => coverage.add(outcome.coverage);
      const counterexample = await explore(realms, { seed, runs: 200, shrinks: false, onRun });
      expect(counterexample && inWords(counterexample)).toBeNull();
    },
  );

  test.skipIf(isShort)("every kind of fault has happened", () => {
    expect(coverage.missing).toEqual([]);
  });
});
