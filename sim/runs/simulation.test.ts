import { beforeAll, describe, expect, test } from "vitest";
import { createRealms, type Realms } from "../tab/realms.ts";
import { type Outcome, playSchedule } from "../world/play-schedule.ts";
import { createCoverage, rareKinds } from "./coverage.ts";
import { explore, formatCounterexample } from "./explore.ts";
import { regressions } from "./regressions.ts";

/** `npm run check` plays one seed. */
const isShort = process.env.SIMULATION === "short";

let realms: Realms;
beforeAll(async () => {
  realms = await createRealms();
});

test.for(regressions)(
  "every claim holds where one once did not: $what",
  async ({ schedule }: (typeof regressions)[number]) => {
    const { violations } = await playSchedule(schedule, realms);
    expect(violations).toEqual([]);
  },
);

test("a schedule plays the same way each time, event by event", async () => {
  const { schedule } = regressions.at(-2) ?? {};
  if (!schedule) throw new Error("no schedule");
  const logs: string[][] = [[], []];
  for (const log of logs) await playSchedule(schedule, realms, (line) => void log.push(line));
  expect(logs[0]).toEqual(logs[1]);
});

// Several tests, so that one failure does not hide the results of the others. A counterexample is not
// shrunk here, but by the command that replays it.
describe("in a lossy world", () => {
  const coverage = createCoverage();

  test.for(Array.from({ length: isShort ? 1 : 4 }, (_, at) => at + 1))(
    "every claim holds in 200 schedules, seed %i",
    { timeout: 300_000 },
    async (seed) => {
      const onRun = (outcome: Outcome) => coverage.add(outcome.coverage);
      const counterexample = await explore(realms, { seed, runs: 200, shrinks: false, onRun });
      expect(counterexample && formatCounterexample(counterexample)).toBeNull();
    },
  );

  test.skipIf(isShort)("every kind of fault has happened", () => {
    expect(coverage.missing.filter((kind) => !rareKinds.includes(kind))).toEqual([]);
  });
});
