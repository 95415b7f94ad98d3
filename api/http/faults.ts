import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { checkFields } from "./check-fields.ts";
import { Refusal } from "./refusal.ts";

const count = z.int().min(0).max(10_000);

/** Faults that the server injects on request, for demos and tests. */
export const faultsSchema = z.strictObject({
  /** Milliseconds by which every read and write is delayed. */
  latencyMs: z.number().min(0).max(10_000),
  /** The share of reads and writes that are answered with 503 and not carried out. */
  errorRate: z.number().min(0).max(1),
  /** This many writes are answered with 503 and not carried out. */
  failNextWrites: count,
  /** This many writes are carried out, but the connection is cut instead of answering. */
  loseNextAnswers: count,
  /** Change streams stay open and bring nothing, not even pings; what was held back is sent when this ends. */
  holdStream: z.boolean(),
});
export type FaultSettings = z.infer<typeof faultsSchema>;

export interface Faults {
  settings(): FaultSettings;
  /** Throws a 422 `Refusal` that names the field. */
  change(patch: Readonly<Record<string, unknown>>): FaultSettings;
  /** Called before every read and write. Waits for the latency; throws a 503 `Refusal` to fail the request. */
  inject(kind: "read" | "write"): Promise<void>;
  /** Whether the answer to a write that was carried out is to be lost. Each `true` counts as one. */
  losesAnswer(): boolean;
  /** The same answer, a change stream of which can be held back. */
  hold(answer: Response): Response;
}

export function createFaults(random: () => number = Math.random): Faults {
  let settings: FaultSettings = {
    latencyMs: 0,
    errorRate: 0,
    failNextWrites: 0,
    loseNextAnswers: 0,
    holdStream: false,
  };
  let release = () => {};
  let released = Promise.resolve();

  function fail(): never {
    throw new Refusal(503, "Simulated failure (/faults). Nothing was changed.", {
      headers: { "Retry-After": "1" },
    });
  }

  return {
    settings: () => settings,
    change(patch) {
      const changed = checkFields(faultsSchema.partial(), patch, "the fault settings");
      const before = settings;
      settings = faultsSchema.parse({ ...settings, ...changed });
      if (settings.holdStream && !before.holdStream)
        released = new Promise((resolve) => {
          release = resolve;
        });
      if (!settings.holdStream) release();
      return settings;
    },
    async inject(kind) {
      if (settings.latencyMs > 0) await pause(settings.latencyMs);
      if (settings.errorRate > 0 && random() < settings.errorRate) fail();
      if (kind === "read" || settings.failNextWrites === 0) return;
      settings = { ...settings, failNextWrites: settings.failNextWrites - 1 };
      fail();
    },
    losesAnswer() {
      if (settings.loseNextAnswers === 0) return false;
      settings = { ...settings, loseNextAnswers: settings.loseNextAnswers - 1 };
      return true;
    },
    hold(answer) {
      if (!answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return answer;
      const reader = answer.body?.getReader();
      if (!reader) return answer;
      const gate = new ReadableStream<Uint8Array>(
        {
          start(controller) {
            // A reader that is too slow is cut by an error, which must not wait for that reader.
            reader.closed.catch((error: unknown) => controller.error(error));
          },
          async pull(controller) {
            const { done, value } = await reader.read();
            await released;
            if (done) controller.close();
            else controller.enqueue(value);
          },
          cancel: (reason) => reader.cancel(reason),
        },
        { highWaterMark: 0 },
      );
      return new Response(gate, answer);
    },
  };
}
