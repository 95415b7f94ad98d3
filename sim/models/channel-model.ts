import type { Clock } from "./clock.ts";
import type { Noise } from "./noise.ts";
import type { Page } from "./page.ts";

/** The protocol's. */
const channelName = "tandem";

interface Port {
  readonly name: string;
  readonly page: Page;
  readonly dispatch: (value: unknown) => void;
  /** When the last message of each sender arrives: a later one does not overtake it. */
  readonly last: Map<Page, number>;
  isOpen: boolean;
}

/**
 * All BroadcastChannels: first in, first out per sender, unless noise reorders them. Channels that are not
 * the protocol's have no noise.
 */
export interface ChannelModel {
  /** The class that a page finds as `BroadcastChannel`. */
  classFor(page: Page): unknown;
  /** A message on the protocol's channel that no tab sent. */
  inject(value: unknown): void;
}

export function createChannelModel(clock: Clock, noise: Noise): ChannelModel {
  const ports = new Set<Port>();

  function send(name: string, from: Page | null, own: Port | null, value: unknown) {
    const text = JSON.stringify(value);
    for (const port of ports) {
      if (port === own || port.name !== name) continue;
      if (name !== channelName && !name.startsWith(`${channelName} `)) {
        clock.after(1, port.page, deliveryTo(port, text));
        continue;
      }
      if (noise.hits("dropped")) continue;
      deliver(port, from, text);
      if (noise.hits("doubled")) deliver(port, from, text);
    }
  }

  function deliver(port: Port, from: Page | null, text: string | undefined) {
    let at = clock.now() + noise.delay("slowChannel", 2, 1500);
    if (from && !noise.hits("reordered")) {
      at = Math.max(at, port.last.get(from) ?? 0);
      port.last.set(from, at);
    }
    clock.after(at - clock.now(), port.page, deliveryTo(port, text), () => {});
  }

  function deliveryTo(port: Port, text: string | undefined) {
    return () => {
      if (port.isOpen) port.dispatch(text === undefined ? undefined : JSON.parse(text));
    };
  }

  return {
    classFor(page) {
      return class {
        onmessage: ((event: { data: unknown }) => void) | null = null;
        readonly port: Port;
        constructor(name: string) {
          this.port = {
            name,
            page,
            dispatch: (data) => this.onmessage?.({ data }),
            last: new Map(),
            isOpen: true,
          };
          ports.add(this.port);
        }
        postMessage(value: unknown) {
          if (page.life === "running") send(this.port.name, page, this.port, value);
        }
        close() {
          this.port.isOpen = false;
          ports.delete(this.port);
        }
      };
    },
    inject: (value) => send(channelName, null, null, value),
  };
}
