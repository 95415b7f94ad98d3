import { connect, type RemoteProxy, WindowMessenger } from "penpal";
import type { PaneMethods, ShellMethods } from "#contract/pane.ts";

type Told = Exclude<keyof PaneMethods, "ping">;
type Tell = (payload: unknown) => Promise<unknown>;

/** The wire to one frame, for as long as one document is expected in it. Nothing here waits for a pane. */
export interface PaneLink {
  send(method: Told, payload: unknown): void;
  ping(): Promise<unknown>;
  /** Loads the frame page anew. */
  load(): void;
  close(): void;
}

export type Connect = (methods: ShellMethods) => PaneLink;

/**
 * Connects to the page in `frame`. penpal drops every message that does not come from this very
 * window and from `origin`, and shakes hands again by itself when the frame's document changes.
 */
export function connectFrame(frame: HTMLIFrameElement, origin: string): Connect {
  return (methods) => {
    const target = frame.contentWindow;
    if (!target) throw new Error("The frame is not in the page");
    const connection = connect<PaneMethods>({
      messenger: new WindowMessenger({ remoteWindow: target, allowedOrigins: [origin] }),
      // Without a prototype there is no `constructor` or `__proto__` to call.
      methods: Object.assign(Object.create(null), methods),
    });
    const sendTo = (pane: RemoteProxy<PaneMethods>, method: Told): Tell => pane[method];
    const call = async (use: (pane: RemoteProxy<PaneMethods>) => Promise<unknown>) =>
      use(await connection.promise);
    return {
      // A call that fails has found a pane that went away; the heartbeat says so.
      send: (method, payload) => void call((pane) => sendTo(pane, method)(payload)).catch(() => {}),
      ping: () => call((pane) => pane.ping()),
      // Allowed over origins, works for a dead frame too, and unlike `src` leaves no history entry.
      load: () => target.location.replace(frame.src),
      close: () => connection.destroy(),
    };
  };
}
