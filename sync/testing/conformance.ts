import { type Check, checks, type Level } from "./conformance-checks.ts";
import { createProbe, type ProbeOptions } from "./conformance-probe.ts";

export interface ConformanceOptions extends ProbeOptions {
  /**
   * Stops the server, best by a kill, and starts it on the same data, at the same `url`. Without it what has to hold over a
   * restart is not checked.
   */
  restart?: () => Promise<void>;
}

export interface CheckResult {
  /** What was checked, as a claim. */
  readonly name: string;
  /** What a server must do, or what it may do beside that. */
  readonly level: Level;
  readonly outcome: "passed" | "failed" | "not checked";
  /** What was seen in place of it, and what tabs suffer from it. */
  readonly problem?: string;
}

export interface ConformanceReport {
  /** Whether the server does all that it must. */
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
}

/**
 * Tries a server against the contract of `sync/README.md` ("What a server must do"). It needs no test runner; it writes
 * a few hundred times, and takes some 20 s where pings are rare. Never rejects for what a server does.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const probe = createProbe(options);
  const run = async ({ name, level, run, needs }: Check): Promise<CheckResult> => {
    if (needs === "restart" && !options.restart) return { name, level, outcome: "not checked" };
    try {
      await run(probe, options.restart ?? (async () => {}));
      return { name, level, outcome: "passed" };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { name, level, outcome: "failed", problem };
    }
  };
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await run(check));
  const passed = results.every(({ level, outcome }) => level === "may" || outcome !== "failed");
  return { passed, checks: results };
}

/** A report as text, a line for each check. */
export function formatReport({ passed, checks }: ConformanceReport): string {
  const lines = checks.map(({ name, level, outcome, problem }) => {
    const mark = {
      passed: "ok  ",
      failed: level === "may" ? "no  " : "FAIL",
      "not checked": "?   ",
    };
    return `${mark[outcome]} ${level === "may" ? "(optional) " : ""}${name}${problem ? `\n     ${problem}` : ""}`;
  });
  const failed = checks.filter(({ level, outcome }) => level === "must" && outcome === "failed");
  const end = passed
    ? "The server does what it must."
    : `${failed.length} of what it must do failed.`;
  return [...lines, end].join("\n");
}
