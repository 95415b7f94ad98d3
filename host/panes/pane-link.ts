import { connect, type Message, type Messenger, type RemoteProxy, WindowMessenger } from "penpal";
import type { PaneMethods, ShellMethods } from "#contract/pane.ts";

type Notification = Exclude<keyof PaneMethods, "ping">;
type Send = (payload: unknown) => Promise<unknown>;

/** The connection to one frame, until it is restarted. No call waits for the pane. */
export interface PaneLink {
  send(method: Notification, payload: unknown): void;
  ping(): Promise<unknown>;
  /** Reloads the frame page. */
  load(): void;
  /** Puts an empty page in the place of the frame page. */
  leave(): void;
  close(): void;
}

export interface LinkEvents {
  /** Called before anything is done with a message, junk included. */
  onMessage(): void;
  /** The policy of the shell's page let a frame show nothing of this address. Which frame is not told. */
  onBlocked(address: string): void;
}

export type Connect = (methods: ShellMethods, events: LinkEvents) => PaneLink;

/**
 * Connects to the page in `frame`. penpal drops every message that is not from this window and
 * `origin`, and repeats the handshake when the frame's document changes.
 */
export function connectFrame(frame: HTMLIFrameElement, origin: string): Connect {
  return (methods, { onMessage, onBlocked }) => {
    const target = frame.contentWindow;
    if (!target) throw new Error("The frame is not in the page");
    const messenger = new WindowMessenger({ remoteWindow: target, allowedOrigins: [origin] });
    const connection = connect<PaneMethods>({
      messenger: counted(messenger, onMessage),
      // Without a prototype there is no `constructor` or `__proto__` to call.
      methods: Object.assign(Object.create(null), methods),
    });
    // penpal stops to listen when the pane says that it goes; the pane may go on.
    const count = ({ source }: MessageEvent) => {
      if (source === target) onMessage();
    };
    window.addEventListener("message", count);
    const noteBlocked = (violation: SecurityPolicyViolationEvent) => {
      const { effectiveDirective, disposition, blockedURI } = violation;
      if (effectiveDirective === "frame-src" && disposition === "enforce") onBlocked(blockedURI);
    };
    document.addEventListener("securitypolicyviolation", noteBlocked);
    const sendTo = (pane: RemoteProxy<PaneMethods>, method: Notification): Send => pane[method];
    const call = async (use: (pane: RemoteProxy<PaneMethods>) => Promise<unknown>) =>
      use(await connection.promise);
    return {
      // A failed call means that the pane has gone, which the heartbeat reports.
      send: (method, payload) => void call((pane) => sendTo(pane, method)(payload)).catch(() => {}),
      ping: () => call((pane) => pane.ping()),
      // Allowed across origins, works for a crashed frame, and unlike `src` makes no history entry.
      load: () => target.location.replace(frame.src),
      leave: () => target.location.replace("about:blank"),
      close() {
        window.removeEventListener("message", count);
        document.removeEventListener("securitypolicyviolation", noteBlocked);
        connection.destroy();
      },
    };
  };
}

/** After the handshake messages come by a port, which penpal alone has: it validates each of them. */
function counted(messenger: WindowMessenger, onMessage: () => void): Messenger {
  return {
    ...messenger,
    initialize: (options) =>
      messenger.initialize({
        ...options,
        validateReceivedMessage(data): data is Message {
          onMessage();
          return options.validateReceivedMessage(data);
        },
      }),
  };
}
