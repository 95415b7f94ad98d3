import type { Mount } from "#contract/mount.ts";
import { type Check, createChecks, type Level } from "./remote-checks.ts";
import { createRemoteProbe } from "./remote-probe.ts";

export interface RemoteCheckResult {
  /** What was checked, as a claim. */
  readonly name: string;
  readonly level: Level;
  readonly outcome: "passed" | "failed";
  /** What was seen in place of it. */
  readonly problem?: string;
}

export interface RemoteReport {
  /** Whether the remote does all that it must. */
  readonly passed: boolean;
  readonly checks: readonly RemoteCheckResult[];
}

export interface RemoteConformanceOptions {
  /** Milliseconds within which a remote that is shown has to report a status. Below 1,000, what is under way gets less of a turn too. */
  patience?: number;
}

/**
 * Tries a remote against the contract of `contract/mount.ts`, as a shell would use it: it is mounted several times, into
 * elements of the page that calls this. It needs a DOM and no test runner. Never rejects for what a remote does.
 */
export async function runRemoteConformance(
  mount: Mount,
  { patience = 10_000 }: RemoteConformanceOptions = {},
): Promise<RemoteReport> {
  const run = async ({ name, level = "must", run }: Check): Promise<RemoteCheckResult> => {
    const probe = createRemoteProbe(mount, patience);
    try {
      await run(probe);
      return { name, level, outcome: "passed" };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { name, level, outcome: "failed", problem };
    } finally {
      probe.close();
    }
  };
  const results: RemoteCheckResult[] = [];
  for (const check of createChecks()) results.push(await run(check));
  const passed = results.every(({ level, outcome }) => level === "may" || outcome === "passed");
  return { passed, checks: results };
}

/** A report as text, a line for each check. */
export function formatRemoteReport({ checks }: RemoteReport): string {
  return checks
    .map(({ name, level, outcome, problem }) => {
      if (outcome === "passed") return `ok   ${name}`;
      return `${level === "may" ? "no   (optional)" : "FAIL"} ${name}\n     ${problem}`;
    })
    .join("\n");
}
