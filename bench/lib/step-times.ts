import type { BrowserContext, Frame } from "@playwright/test";

/** What a page does on the way of a pin, with times in milliseconds since the Unix epoch. */
export interface StepTime {
  readonly step: "sent" | "answered" | "posted" | "received";
  readonly at: number;
}

/**
 * Makes every page of the context note when it sends a PATCH and has the headers of its answer, and when it posts
 * and receives a broadcast of a row. Returns what takes the notes of a frame.
 */
export async function recordSteps(
  context: BrowserContext,
): Promise<(frame: Frame) => Promise<StepTime[]>> {
  await context.addInitScript(() => {
    const steps: { step: string; at: number }[] = [];
    const note = (step: string) =>
      steps.push({ step, at: performance.timeOrigin + performance.now() });
    Object.assign(window, { takeSteps: () => steps.splice(0) });

    const send = window.fetch;
    window.fetch = async (input, init) => {
      if (init?.method !== "PATCH") return send(input, init);
      note("sent");
      const response = await send(input, init);
      note("answered");
      return response;
    };
    const carriesRow = (value: unknown) => JSON.stringify(value).includes('"pinned"');
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (value: unknown) {
      if (carriesRow(value)) note("posted");
      postMessage.call(this, value);
    };
    const handler = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, "onmessage");
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", {
      ...handler,
      set(this: BroadcastChannel, listener: ((event: MessageEvent) => void) | null) {
        handler?.set?.call(this, (event: MessageEvent) => {
          if (carriesRow(event.data)) note("received");
          listener?.call(this, event);
        });
      },
    });
  });
  return (frame) =>
    frame.evaluate(() => (window as unknown as { takeSteps(): StepTime[] }).takeSteps());
}
