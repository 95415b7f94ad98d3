import type { Mount, MountContext, MountedApp } from "#contract/mount.ts";
import { paneContract } from "#contract/pane.ts";

/** One remote in the hands of a check. */
export interface RemoteProbe {
  /** Mounts it into an element of its own, with this in place of the usual context. */
  mount(more?: Partial<MountContext>): Mounted;
  /** What it called of its contexts so far, in order. */
  readonly calls: readonly Call[];
  /** What it asked the network for so far. */
  readonly requests: readonly string[];
  /** Resolves once `holds`; rejects with `problem` when that takes too long. */
  until(holds: () => boolean, problem: string): Promise<void>;
  /** Resolves when what is under way in the page has had its turn. */
  settle(): Promise<void>;
  /** Unmounts what is mounted, and gives the page back as it was. */
  close(): void;
}

export interface Mounted {
  readonly element: HTMLElement;
  readonly app: MountedApp;
}

export interface Call {
  readonly name: string;
  readonly value: unknown;
}

export function createRemoteProbe(mount: Mount, patience: number): RemoteProbe {
  const turnMs = Math.min(20, patience / 50);
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve, turnMs));
  const calls: Call[] = [];
  const requests: string[] = [];
  const mounted: Mounted[] = [];
  const { fetch, EventSource } = globalThis;
  // Watched, not replaced: a remote may need its server.
  globalThis.fetch = (...request) => {
    const [asked] = request;
    requests.push(asked instanceof Request ? asked.url : String(asked));
    return fetch(...request);
  };
  if (EventSource)
    globalThis.EventSource = class extends EventSource {
      constructor(...args: ConstructorParameters<typeof EventSource>) {
        super(...args);
        requests.push(String(args[0]));
      }
    };

  const tell =
    (name: string) =>
    (value?: unknown): void =>
      void calls.push({ name, value });
  const context: MountContext = {
    contract: paneContract.newest,
    name: "Tab T",
    theme: "light",
    visible: true,
    url: "/",
    onUrl: tell("onUrl"),
    onStatus: tell("onStatus"),
    onTitle: tell("onTitle"),
    onOutdated: tell("onOutdated"),
    onReveal: tell("onReveal"),
    onTrace: tell("onTrace"),
    shell: { origin: "http://shell.test", commands: async () => [], run: tell("run") },
  };

  return {
    calls,
    requests,
    mount(more = {}) {
      const element = document.createElement("div");
      element.style.height = "100vh";
      document.body.append(element);
      const found = { element, app: mount(element, { ...context, ...more }) };
      mounted.push(found);
      return found;
    },
    async until(holds, problem) {
      const end = performance.now() + patience;
      while (!holds()) {
        if (performance.now() > end) throw new Error(problem);
        await turn();
      }
    },
    async settle() {
      for (let turns = 0; turns < 10; turns += 1) await turn();
    },
    close() {
      for (const { app, element } of mounted) {
        try {
          app.unmount();
        } catch {
          // A check of its own looks for that.
        }
        element.remove();
      }
      globalThis.fetch = fetch;
      if (EventSource) globalThis.EventSource = EventSource;
    },
  };
}
