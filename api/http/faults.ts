import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { Refusal } from "./refusal.ts";

const count = z.int().min(0).max(10_000);

/** What goes wrong on purpose, for demos and tests. */
export const faultsSchema = z.strictObject({
  /** Milliseconds that every read and write waits. */
  latencyMs: z.number().min(0).max(10_000),
  /** The share of reads and writes that are answered with 503, and not done. */
  errorRate: z.number().min(0).max(1),
  /** This many writes are answered with 503, and not done. */
  failNextWrites: count,
  /** This many writes are done, but the connection is cut in place of the answer. */
  loseNextAnswers: count,
});
export type FaultSettings = z.infer<typeof faultsSchema>;

export interface Faults {
  settings(): FaultSettings;
  /** Throws a 422 `Refusal` that names the field. */
  change(patch: Readonly<Record<string, unknown>>): FaultSettings;
  /** Passed by every read and write before it is done; throws a 503 `Refusal`. */
  pass(isWrite: boolean): Promise<void>;
  /** `true` when the answer to a write that was done must be lost. */
  losesAnswer(): boolean;
}

export function createFaults(random: () => number = Math.random): Faults {
  let settings: FaultSettings = {
    latencyMs: 0,
    errorRate: 0,
    failNextWrites: 0,
    loseNextAnswers: 0,
  };

  function fail(): never {
    throw new Refusal(503, "This fault was asked for: nothing was done.", {
      headers: { "Retry-After": "1" },
    });
  }

  return {
    settings: () => settings,
    change(patch) {
      const result = faultsSchema.partial().safeParse(patch);
      if (!result.success) {
        const issue = result.error.issues[0];
        const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path[0];
        throw new Refusal(422, `${String(field)}: ${issue?.message}`, {
          field: `/${String(field)}`,
        });
      }
      settings = faultsSchema.parse({ ...settings, ...result.data });
      return settings;
    },
    async pass(isWrite) {
      if (settings.latencyMs > 0) await pause(settings.latencyMs);
      if (settings.errorRate > 0 && random() < settings.errorRate) fail();
      if (!isWrite || settings.failNextWrites === 0) return;
      settings = { ...settings, failNextWrites: settings.failNextWrites - 1 };
      fail();
    },
    losesAnswer() {
      if (settings.loseNextAnswers === 0) return false;
      settings = { ...settings, loseNextAnswers: settings.loseNextAnswers - 1 };
      return true;
    },
  };
}
