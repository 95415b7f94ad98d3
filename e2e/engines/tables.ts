import { differs } from "../support/engine-differences.ts";
import type { EngineName } from "./find-engines.ts";

/** What of Playwright's JSON report is read. */
export interface Report {
  readonly suites: readonly Suite[];
}

interface Suite {
  /** Of the file, from the folder of the tests. */
  readonly file: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly expectedStatus: string;
      readonly status: string;
    }[];
  }[];
  readonly suites?: readonly Suite[];
}

/** A line for each file of stories: how many there are, and how many the engine passes. */
export function tableOfStories({ suites }: Report): string {
  const lines = suites
    .map((suite) => {
      const tests = specsOf(suite).flatMap((spec) => spec.tests);
      const passed = tests.filter(
        ({ status, expectedStatus }) => status !== "unexpected" && expectedStatus === "passed",
      );
      const ran = tests.filter(({ status }) => status !== "skipped");
      return `| [${nameOf(suite.file)}](../e2e/${suite.file}) | ${passed.length} of ${ran.length} |`;
    })
    .sort();
  return ["| stories | pass |", "| --- | --- |", ...lines].join("\n");
}

export function tableOfDifferences(engine: EngineName): string {
  const lines = differs[engine].map(({ test, of, why }) => `| ${test} | ${of} | ${why} |`);
  if (!lines.length) return "None.";
  return ["| test | of the | why |", "| --- | --- | --- |", ...lines].join("\n");
}

function specsOf(suite: Suite): Suite["specs"] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function nameOf(file: string): string {
  return file.replace(/\.spec\.ts$/, "").replaceAll("-", " ");
}
