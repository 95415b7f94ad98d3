import type { Revision } from "#sync";
import type { Clock } from "./clock.ts";
import type { ModelServer, Reply, StreamDoor } from "./model-server.ts";
import type { Noise } from "./noise.ts";
import { createTarget, type Page } from "./page.ts";

/** Hears of everything that a page asks. */
export interface RequestWatch {
  requested(page: Page, method: string, path: string): RequestEnd;
  /** A write is on its way. Returns what is to be called when it has arrived, or cannot any more. */
  sent(method: string, path: string, body: unknown): () => void;
  followed(page: Page): void;
  /** The feed told the page where it begins, or that its log does not reach back. */
  heard(page: Page, event: "hello" | "reset", revision: Revision): void;
}

export interface RequestEnd {
  answered(reply: Reply): void;
  /** In whatever way. */
  over(): void;
}

export interface NetworkOptions {
  clock: Clock;
  noise: Noise;
  server: ModelServer;
  watch: RequestWatch;
  count: (what: string) => void;
  onError: (error: unknown) => void;
}

/** The way between pages and server, with all that can happen on it. */
export interface Network {
  fetchFor(page: Page): typeof fetch;
  /** The class that a page finds as `EventSource`. */
  eventSourceFor(page: Page): unknown;
  /** The server answers nobody. */
  down: boolean;
  /** All streams break; those of one page when it is given. */
  breakStreams(page?: Page): void;
  /** The connections of a dead page end. */
  forget(page: Page): void;
}

export function createNetwork({
  clock,
  noise,
  server,
  watch,
  count,
  onError,
}: NetworkOptions): Network {
  const streams = new Set<{ readonly page: Page; lose(): void; end(): void }>();
  const unreachable = () => new TypeError("fetch failed");

  async function ask(page: Page, path: string, init: RequestInit | undefined): Promise<Reply> {
    const method = init?.method ?? "GET";
    const end = watch.requested(page, method, path);
    const arrived = watch.sent(method, path, init?.body);
    const isReachable = () => page.navigator.onLine && !network.down;
    const answer = new Promise<Reply>((resolve, reject) => {
      const there = noise.delay("slowRequests", 4, 900);
      const back = noise.delay("slowRequests", 4, 2500);
      const fails = noise.hits("failedRequests");
      const isRefused = fails && there % 2 === 0;
      const isLost = noise.hits("lostAnswers");
      const fail = (ms: number) => clock.after(ms, page, () => reject(unreachable()));
      init?.signal?.addEventListener("abort", () => {
        end.over();
        reject(new DOMException("aborted", "AbortError"));
      });
      clock.after(there, null, () => {
        if (!isReachable() || (fails && !isRefused)) {
          arrived();
          return fail(1);
        }
        const reply = isRefused
          ? { status: 503, headers: new Map(), text: '{"title":"Unavailable","status":503}' }
          : method === "GET"
            ? server.read(path)
            : server.write(
                method,
                path,
                init?.body ? JSON.parse(String(init.body)) : {},
                headersOf(init),
              );
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

  function eventSourceFor(page: Page) {
    return class {
      readonly target = createTarget(onError);
      readonly stream = {
        page,
        lose: () => this.lose(),
        end: () => {
          this.door?.close();
          this.door = null;
          this.isClosed = true;
          streams.delete(this.stream);
        },
      };
      door: StreamDoor | null = null;
      isClosed = false;
      /** Closed by the page itself, which then hears nothing more, not even of a loss. */
      isLeft = false;
      last = 0;
      text = "";

      constructor(url: string) {
        watch.followed(page);
        streams.add(this.stream);
        clock.after(noise.delay("slowFeed", 4, 1200), null, () => {
          if (this.isClosed) return;
          if (network.down || !page.navigator.onLine || noise.hits("brokenFeed"))
            return this.lose();
          this.door = server.follow(
            url.replace(/^\/api/, ""),
            (text) => this.take(text),
            () => this.lose(),
          );
        });
      }
      addEventListener(type: string, listener: (event: unknown) => void) {
        this.target.addEventListener(type, listener);
      }
      close() {
        this.isLeft = true;
        this.stream.end();
      }
      take(chunk: string) {
        this.text += chunk;
        const events = this.text.split("\n\n");
        this.text = events.pop() ?? "";
        for (const event of events) {
          const name = /^event: (.*)$/m.exec(event)?.[1];
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (name === undefined) continue;
          if (name === "reset") count("log overflow told by the feed");
          const at = Math.max(this.last, clock.now() + noise.delay("slowFeed", 3, 3000));
          this.last = at;
          const hear = () => {
            if (this.isClosed) return;
            if (name === "hello" || name === "reset") {
              const { epoch, head } = JSON.parse(String(data));
              watch.heard(page, name, { epoch, rev: head });
            }
            this.target.dispatch(name, { data });
          };
          clock.after(at - clock.now(), page, hear, () => this.lose());
        }
        if (events.length > 1 && noise.hits("brokenFeed")) this.lose();
      }
      /** What was under way is lost with it. */
      lose() {
        if (this.isClosed) return;
        this.stream.end();
        clock.after(1, page, () => {
          if (!this.isLeft) this.target.dispatch("error");
        });
      }
    };
  }

  const network: Network = {
    fetchFor: (page) => async (input, init) => {
      const path = String(input).replace(/^\/api/, "");
      const { status, headers, text } = await ask(page, path, init);
      // Only what `data/api.ts` uses of it: a real one is slow to make by the million.
      return {
        ok: status < 400,
        status,
        statusText: "",
        headers: { get: (name: string) => headers.get(name.toLowerCase()) ?? null },
        json: async () => JSON.parse(text),
      } as unknown as Response;
    },
    eventSourceFor,
    down: false,
    forget(page) {
      for (const stream of [...streams]) if (stream.page === page) stream.end();
    },
    breakStreams(page) {
      for (const stream of [...streams])
        if (!page || stream.page === page) {
          count("feed broken");
          stream.lose();
        }
    },
  };
  return network;
}

function headersOf(init: RequestInit | undefined): Readonly<Record<string, string>> {
  return (init?.headers as Record<string, string> | undefined) ?? {};
}
