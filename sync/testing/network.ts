import type { Clock } from "./clock.ts";
import { createEventSourceClass } from "./event-source.ts";
import type { Page } from "./page.ts";
import { runOutside } from "./tab-globals.ts";

/** Answers requests from memory, in the course of microtasks. */
export type TestServer = (request: Request) => Response | Promise<Response>;

export interface SentRequest {
  /** The id of the tab. */
  readonly tab: string;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
}

/** What is between tabs and server. */
export interface TestNetwork {
  /** What reached the server, in order. */
  readonly requests: readonly SentRequest[];
  /** While true, requests fail as where nothing answers. */
  down: boolean;
  /** Holds answers back until what it returns is called. */
  hold(): () => void;
  /** The change streams that stand break. */
  breakStreams(): void;
}

/** Milliseconds of the clock, each way. */
const latency = 4;
const base = "http://tabs.test";

export function createNetwork(clock: Clock, server: TestServer, onError: (error: unknown) => void) {
  const requests: SentRequest[] = [];
  const streams = new Map<() => void, Page>();
  let held: Promise<void> = Promise.resolve();

  const unreachable = () => new TypeError("Failed to fetch");

  function send(page: Page, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input instanceof Request ? input : new URL(input, base), init);
    const { pathname, search } = new URL(request.url);
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => void clock.after(latency, page, () => reject(error));
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
      if (request.signal.aborted) return reject(request.signal.reason);
      const answer = async () => {
        if (network.down || page.isCut || request.signal.aborted) return fail(unreachable());
        requests.push({ tab: page.id, method: request.method, path: pathname + search });
        const response = await server(request);
        await held;
        clock.after(
          latency,
          page,
          () => resolve(response),
          () => reject(unreachable()),
        );
      };
      const broke = (error: unknown) => {
        onError(error);
        fail(unreachable());
      };
      clock.after(latency, null, () => void runOutside(answer).catch(broke));
    });
  }

  const network: TestNetwork = {
    requests,
    down: false,
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    breakStreams() {
      for (const lose of [...streams.keys()]) lose();
    },
  };

  return {
    network,
    fetchFor:
      (page: Page): typeof fetch =>
      (input, init) =>
        send(page, input, init),
    eventSourceFor: (page: Page) =>
      createEventSourceClass({
        ask: (url) => send(page, url, { headers: { Accept: "text/event-stream" } }),
        deliver: (run) => void clock.after(1, page, run),
        opened: (lose) => void streams.set(lose, page),
        closed: (lose) => void streams.delete(lose),
      }),
    /** The streams of a tab that is closed end. */
    forget(page: Page) {
      for (const [lose, of] of streams) if (of === page) lose();
    },
  };
}
