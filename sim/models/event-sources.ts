import { type Clock, createTarget, type Page } from "#sync/testing";
import type { ModelServer } from "./model-server.ts";
import type { Noise } from "./noise.ts";
import type { RequestWatch } from "./request-watch.ts";

/** All change streams between pages and server. */
export interface EventSources {
  /** The class that a page finds as `EventSource`. */
  classFor(page: Page): unknown;
  /** All streams break; with a page, its own. */
  break(page?: Page): void;
  /** All streams bring nothing more, and do not end. */
  silence(): void;
  /** The streams of a dead page end. */
  forget(page: Page): void;
}

export interface EventSourcesOptions {
  clock: Clock;
  noise: Noise;
  server: ModelServer;
  watch: RequestWatch;
  isReachable: (page: Page) => boolean;
  /** Whether what stands between page and server holds back what a new stream brings. */
  isBuffering: () => boolean;
  count: (what: string) => void;
  onError: (error: unknown) => void;
}

/** As the server's. */
const pingMs = 10_000;

interface Stream {
  readonly page: Page;
  /** The connection breaks. */
  lose(): void;
  silence(): void;
  /** Nothing more happens in it. */
  end(): void;
}

export function createEventSources(options: EventSourcesOptions): EventSources {
  const { clock, noise, server, watch, isReachable, isBuffering, count, onError } = options;
  const streams = new Set<Stream>();

  function classFor(page: Page) {
    return class {
      readonly target = createTarget(onError);
      readonly stream: Stream = {
        page,
        lose: () => this.lose(),
        silence: () => {
          this.isSilent = true;
        },
        end: () => {
          this.disconnect?.();
          this.disconnect = null;
          this.isEnded = true;
          streams.delete(this.stream);
          watch.streaming(streams.size);
        },
      };
      disconnect: (() => void) | null = null;
      isEnded = false;
      /** Neither an event nor its end reaches the page. */
      isSilent = false;
      /** Closed by the page, which then gets no event any more, not even an error. */
      isClosed = false;
      /** When the last event arrives: a later one does not overtake it. */
      last = 0;
      text = "";

      constructor(url: string) {
        watch.streamOpened(page);
        if ([...streams].some((other) => other.page.life === "stopped"))
          count("stream beside that of a tab that hangs");
        this.isSilent = isBuffering();
        if (this.isSilent) count("stream buffered");
        streams.add(this.stream);
        watch.streaming(streams.size);
        this.pingLater();
        clock.after(noise.delay("slowFeed", 4, 1200), null, () => {
          if (this.isEnded) return;
          if (!isReachable(page) || noise.hits("brokenFeed")) return this.lose();
          this.disconnect = server.follow(
            url.replace(/^\/api/, ""),
            (text) => this.read(text),
            () => this.lose(),
          );
        });
      }
      addEventListener(type: string, listener: (event: unknown) => void) {
        this.target.addEventListener(type, listener);
      }
      close() {
        this.isClosed = true;
        this.stream.end();
      }
      /** The server's own are on a real timer. */
      pingLater() {
        clock.after(pingMs, null, () => {
          if (this.isEnded) return;
          if (this.disconnect) this.deliver("ping", "{}");
          this.pingLater();
        });
      }
      read(chunk: string) {
        this.text += chunk;
        const events = this.text.split("\n\n");
        this.text = events.pop() ?? "";
        for (const event of events) {
          const name = /^event: (.*)$/m.exec(event)?.[1];
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (name !== undefined) this.deliver(name, data);
        }
        if (events.length > 1 && noise.hits("brokenFeed")) this.lose();
      }
      deliver(name: string, data: string | undefined) {
        if (this.isSilent) return;
        if (name === "reset") count("log overflow named by the stream");
        this.last = Math.max(this.last, clock.now() + noise.delay("slowFeed", 3, 3000));
        const dispatch = () => {
          if (this.isEnded || this.isSilent) return;
          if (name === "hello" || name === "reset") {
            const { epoch, head } = JSON.parse(String(data));
            watch.streamBegan(page, name, { epoch, rev: head });
          }
          this.target.dispatch(name, { data });
        };
        clock.after(this.last - clock.now(), page, dispatch, () => this.lose());
      }
      /** Events on their way are lost with the connection. */
      lose() {
        if (this.isEnded || this.isSilent) return;
        this.stream.end();
        clock.after(1, page, () => {
          if (!this.isClosed) this.target.dispatch("error");
        });
      }
    };
  }

  const of = (page: Page | undefined) =>
    [...streams].filter((stream) => !page || stream.page === page);

  return {
    classFor,
    break(page) {
      for (const stream of of(page)) {
        count("stream broken");
        stream.lose();
      }
    },
    silence() {
      for (const stream of of(undefined)) {
        count("stream silent");
        stream.silence();
      }
    },
    forget(page) {
      for (const stream of of(page)) stream.end();
    },
  };
}
