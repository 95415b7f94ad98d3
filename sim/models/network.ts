import type { Clock, Page } from "#sync/testing";
import { createEventSources } from "./event-sources.ts";
import type { ModelServer } from "./model-server.ts";
import type { Noise } from "./noise.ts";
import type { Reply } from "./reply.ts";
import type { RequestWatch } from "./request-watch.ts";

export interface NetworkOptions {
  clock: Clock;
  noise: Noise;
  server: ModelServer;
  watch: RequestWatch;
  count: (what: string) => void;
  onError: (error: unknown) => void;
}

/** What is between pages and server, with its faults: requests, and change streams. */
export interface Network {
  fetchFor(page: Page): typeof fetch;
  /** The class that a page finds as `EventSource`. */
  eventSourceFor(page: Page): unknown;
  /** The server cannot be reached. */
  down: boolean;
  /** Requests are not answered, and do not fail. */
  isMute: boolean;
  /** Streams that are opened bring nothing, and do not end. */
  isBuffering: boolean;
  /** The streams that stand bring nothing more, and do not end. */
  silenceStreams(): void;
  /** All streams break; with a page, its own. */
  breakStreams(page?: Page): void;
  /** The streams of a dead page end. */
  forget(page: Page): void;
}

const unreachable = () => new TypeError("fetch failed");
const unavailable: Reply = {
  status: 503,
  headers: new Map(),
  text: '{"title":"Unavailable","status":503}',
};

export function createNetwork(options: NetworkOptions): Network {
  const { clock, noise, server, watch, count } = options;
  const isReachable = (page: Page) => !page.isCut && !network.down;
  const sources = createEventSources({
    ...options,
    isReachable,
    isBuffering: () => network.isBuffering,
  });

  function perform(method: string, path: string, init: RequestInit | undefined): Reply {
    if (method === "GET") return server.read(path);
    const body = init?.body ? JSON.parse(String(init.body)) : {};
    return server.write(method, path, body, headersOf(init));
  }

  async function request(page: Page, path: string, init: RequestInit | undefined): Promise<Reply> {
    const method = init?.method ?? "GET";
    const end = watch.requested(page, method, path);
    const arrived = watch.sent(method, path, init?.body);
    const answer = new Promise<Reply>((resolve, reject) => {
      const there = noise.delay("slowRequests", 4, 900);
      const back = noise.delay("slowRequests", 4, 2500);
      const fails = noise.hits("failedRequests");
      const isRefused = fails && there % 2 === 0;
      const isLost = noise.hits("lostAnswers");
      const isUnanswered = network.isMute;
      const fail = (ms: number) => clock.after(ms, page, () => reject(unreachable()));
      init?.signal?.addEventListener("abort", () => {
        end.over();
        reject(init.signal?.reason);
      });
      clock.after(there, null, () => {
        if (isUnanswered) {
          count("request unanswered");
          if (there % 2 === 0 && isReachable(page)) perform(method, path, init);
          return arrived();
        }
        if (!isReachable(page) || (fails && !isRefused)) {
          arrived();
          return fail(1);
        }
        const reply = isRefused ? unavailable : perform(method, path, init);
        arrived();
        if (isLost) {
          if (method !== "GET" && reply.status < 300) count("answer lost after the write");
          return fail(back);
        }
        clock.after(
          back,
          page,
          () => resolve(reply),
          () => reject(unreachable()),
        );
      });
    }).finally(end.over);
    const reply = await answer;
    end.answered(reply);
    return reply;
  }

  const network: Network = {
    fetchFor: (page) => async (input, init) => {
      const path = String(input).replace(/^\/api/, "");
      const { status, headers, text } = await request(page, path, init);
      // Only what `data/server` uses of a response: a real one is slow to make by the million.
      return {
        ok: status < 400,
        status,
        statusText: "",
        headers: { get: (name: string) => headers.get(name.toLowerCase()) ?? null },
        json: async () => JSON.parse(text),
      } as unknown as Response;
    },
    eventSourceFor: sources.classFor,
    down: false,
    isMute: false,
    isBuffering: false,
    silenceStreams: sources.silence,
    breakStreams: sources.break,
    forget: sources.forget,
  };
  return network;
}

function headersOf(init: RequestInit | undefined): Readonly<Record<string, string>> {
  return (init?.headers as Record<string, string> | undefined) ?? {};
}
