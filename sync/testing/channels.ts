import type { Clock } from "./clock.ts";
import type { Page } from "./page.ts";

export type ChannelFault = "dropped" | "doubled" | "reordered";

/** What befalls messages. By default nothing: each arrives once, in order, within two milliseconds. */
export interface ChannelFaults {
  hits(fault: ChannelFault): boolean;
  /** Milliseconds until a message arrives. */
  delay(kind: "slowChannel", usual: number, long: number): number;
}

export interface ChannelsOptions {
  faults?: ChannelFaults;
  /** The channels that the faults befall: by default all. */
  isFaulty?: (name: string) => boolean;
}

interface Port {
  readonly name: string;
  readonly page: Page;
  readonly dispatch: (value: unknown) => void;
  /** When the last message of each sender arrives: a later one does not overtake it. */
  readonly last: Map<Page, number>;
  isOpen: boolean;
}

/** All BroadcastChannels of a browser: first in, first out per sender, unless a fault reorders them. */
export interface Channels {
  /** The class that a page finds as `BroadcastChannel`. */
  classFor(page: Page): typeof BroadcastChannel;
  /** A message that no tab sent. */
  inject(name: string, value: unknown): void;
}

const noFaults: ChannelFaults = { hits: () => false, delay: () => 1 };

export function createChannels(
  clock: Pick<Clock, "now" | "after">,
  { faults = noFaults, isFaulty = () => true }: ChannelsOptions = {},
): Channels {
  const ports = new Set<Port>();

  function send(name: string, from: Page | null, own: Port | null, value: unknown) {
    const message = structuredClone(value);
    for (const port of ports) {
      if (port === own || port.name !== name) continue;
      if (!isFaulty(name)) {
        clock.after(1, port.page, deliveryTo(port, message));
        continue;
      }
      if (faults.hits("dropped")) continue;
      deliver(port, from, message);
      if (faults.hits("doubled")) deliver(port, from, message);
    }
  }

  function deliver(port: Port, from: Page | null, message: unknown) {
    let at = clock.now() + faults.delay("slowChannel", 2, 1500);
    if (from && !faults.hits("reordered")) {
      at = Math.max(at, port.last.get(from) ?? 0);
      port.last.set(from, at);
    }
    clock.after(at - clock.now(), port.page, deliveryTo(port, message), () => {});
  }

  function deliveryTo(port: Port, message: unknown) {
    return () => {
      if (port.isOpen) port.dispatch(structuredClone(message));
    };
  }

  return {
    classFor(page) {
      const ModelChannel = class {
        onmessage: ((event: { data: unknown }) => void) | null = null;
        readonly listeners = new Set<(event: { data: unknown }) => void>();
        readonly port: Port;
        constructor(name: string) {
          this.port = {
            name,
            page,
            dispatch: (data) => {
              this.onmessage?.({ data });
              for (const listener of this.listeners) listener({ data });
            },
            last: new Map(),
            isOpen: true,
          };
          ports.add(this.port);
        }
        addEventListener(_: string, listener: (event: { data: unknown }) => void) {
          this.listeners.add(listener);
        }
        removeEventListener(_: string, listener: (event: { data: unknown }) => void) {
          this.listeners.delete(listener);
        }
        postMessage(value: unknown) {
          if (page.life === "running") send(this.port.name, page, this.port, value);
        }
        close() {
          this.port.isOpen = false;
          ports.delete(this.port);
        }
      };
      return ModelChannel as unknown as typeof BroadcastChannel;
    },
    inject: (name, value) => send(name, null, null, value),
  };
}
