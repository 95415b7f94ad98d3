import type { BrowserContext, Frame } from "@playwright/test";

/** Makes every page of the context count the bytes that it broadcasts. Returns what adds them up. */
export async function countChannelBytes(
  context: BrowserContext,
): Promise<(frames: readonly Frame[]) => Promise<number>> {
  await context.addInitScript(() => {
    const { postMessage } = BroadcastChannel.prototype;
    const counted = Object.assign(window, { channelBytes: 0 });
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      counted.channelBytes += JSON.stringify(message).length;
      postMessage.call(this, message);
    };
  });
  return async (frames) => {
    const all = await Promise.all(
      frames.map((frame) =>
        frame.evaluate(() => (window as unknown as { channelBytes: number }).channelBytes),
      ),
    );
    return all.reduce((total, each) => total + each, 0);
  };
}
