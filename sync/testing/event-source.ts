import { parseBlock, takeBlock } from "./sent-events.ts";

type Listener = (event: { type: string; data?: string }) => void;

export interface EventSourceOptions {
  ask: (url: string) => Promise<Response>;
  /** Runs what the page is to see of the stream. */
  deliver: (run: () => void) => void;
  /** The stream stands: `lose` breaks it. */
  opened: (lose: () => void) => void;
  closed: (lose: () => void) => void;
}

/** `EventSource` over a `fetch`, without its own reconnection: after an error it is closed. */
export function createEventSourceClass({ ask, deliver, opened, closed }: EventSourceOptions) {
  function open(url: string, dispatch: (type: string, data?: string) => void) {
    let isOver = false;
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

    function end() {
      isOver = true;
      closed(lose);
      // A stream that failed cannot be cancelled, and needs not be.
      void reader?.cancel().catch(() => {});
    }
    function lose() {
      if (isOver) return;
      end();
      deliver(() => dispatch("error"));
    }
    const say = (type: string, data?: string) => {
      deliver(() => {
        if (!isOver) dispatch(type, data);
      });
    };

    async function read() {
      const { ok, body } = await ask(url);
      if (!ok || !body) return lose();
      reader = body.getReader();
      if (isOver) return end();
      say("open");
      const decoder = new TextDecoder();
      let text = "";
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        text += decoder.decode(next.value, { stream: true });
        for (let taken = takeBlock(text); taken; taken = takeBlock(text)) {
          text = taken.rest;
          const event = parseBlock(taken.block);
          if (event?.data) say(event.name, event.data);
        }
      }
      lose();
    }

    opened(lose);
    read().catch(lose);
    return end;
  }

  return class {
    readonly listeners = new Map<string, Set<Listener>>();
    readonly end: () => void;
    constructor(url: string) {
      this.end = open(url, (type, data) => {
        const event = data === undefined ? { type } : { type, data };
        for (const listener of this.listeners.get(type) ?? []) listener(event);
      });
    }
    addEventListener(type: string, listener: Listener) {
      this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
    }
    removeEventListener(type: string, listener: Listener) {
      this.listeners.get(type)?.delete(listener);
    }
    close() {
      this.end();
    }
  };
}
