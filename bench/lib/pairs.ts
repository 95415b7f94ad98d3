import type { BrowserContext, Frame } from "@playwright/test";
import type { HarnessTab, Shown } from "../alternatives/harness-tab.ts";
import { clickPin, type Expected, openPanes, watchFor } from "./panes.ts";
import type { BenchServer } from "./server.ts";
import { within } from "./within.ts";

/** Two loaded tabs, A and B. */
export interface Pair {
  readonly frames: readonly [Frame, Frame];
  /** Starts to watch B. The returned function resolves once B shows the pin, or after `limit` milliseconds. */
  watchFor(expected: Expected, limit: number): Promise<() => Promise<Shown>>;
  /** Returns the time of the click. */
  pin(expected: Expected): Promise<number>;
}

/** Two panes of the real app. */
export async function openApp(
  context: BrowserContext,
  server: BenchServer,
  accountId: string,
  pages: number,
): Promise<Pair> {
  const { frames } = await openPanes(context, server, accountId, { pages });
  const [a, b] = frames as [Frame, Frame];
  return {
    frames: [a, b],
    async watchFor(expected, limit) {
      const whenShown = await watchFor(b, expected);
      // It shows in B only what the server has confirmed.
      const all = async () => {
        const { row, count } = await whenShown();
        return { row, count, confirmed: Math.max(row, count) };
      };
      return () => within(limit, all(), "not shown").catch(() => none);
    },
    pin: ({ index }) => clickPin(a, index),
  };
}

/** Two tabs of `bench/alternatives`. */
export async function openHarness(
  context: BrowserContext,
  server: BenchServer,
  accountId: string,
  way: string,
  pages: number,
): Promise<Pair> {
  const page = await context.newPage();
  await page.goto(`${server.paneUrl}tabs.html?way=${way}&account=${accountId}`);
  const frameOf = async (name: string) => {
    const frame = page.frame({ name });
    if (!frame) throw new Error(`There is no frame ${name}`);
    await frame.waitForFunction(() => "tab" in window);
    await frame.evaluate((pages) => (window as unknown as Harness).tab.load(pages), pages);
    return frame;
  };
  const [a, b] = await Promise.all([frameOf("A"), frameOf("B")]);
  return {
    frames: [a, b],
    async watchFor(expected, limit) {
      const handle = await b.evaluateHandle(
        ({ expected, limit }) => ({
          shown: (window as unknown as Harness).tab.whenShown(expected, limit),
        }),
        { expected, limit },
      );
      return () => handle.evaluate(({ shown }) => shown);
    },
    pin: ({ id, pinned }) =>
      a.evaluate(({ id, pinned }) => (window as unknown as Harness).tab.pin(id, pinned), {
        id,
        pinned,
      }),
  };
}

const none: Shown = { row: null, count: null, confirmed: null };

interface Harness {
  readonly tab: HarnessTab;
}
