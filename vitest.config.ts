import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { packageDoors } from "./scripts/package-doors.ts";

/** The simulation is half of all CPU time. Begun last, it would keep one core busy and leave the other idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /simulation|\.slow\./.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const folders =
  "sync,contract,api,ui,server,tab-app,wall-board,host,sim,scripts,docs,bench,examples";

export default defineConfig({
  // A remote imports the package as one that is installed.
  resolve: { alias: packageDoors },
  test: {
    include: [`{${folders}}/**/*.test.{ts,tsx}`],
    // Those install one version of React Query after the other: `npm run release`.
    exclude: [...configDefaults.exclude, "**/*.release.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    // One worker a core (Vitest's own default leaves a core idle), and one module graph a worker: half of the time
    // went into importing the same files anew for each of 90 test files. Decision 0023.
    maxWorkers: "100%",
    pool: "threads",
    isolate: false,
    // A loaded machine is slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
  },
});
