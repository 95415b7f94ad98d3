import type { Clock, Owner } from "./clock.ts";

type Listener = (event: unknown) => void;

/** The slice of `EventTarget` in use. A listener that throws does not keep the event from the others. */
export interface Target {
  addEventListener(type: string, listener: Listener, options?: { capture?: boolean }): void;
  removeEventListener(type: string, listener: Listener): void;
  dispatch(type: string, event?: object): void;
}

type TimerName = "setTimeout" | "setInterval" | "clearTimeout" | "clearInterval" | "queueMicrotask";

/** One page as its browser runs it: timers, visibility, lifecycle events, online or not. */
export interface Page extends Owner {
  readonly id: string;
  readonly window: Target & { readonly document: Target & { visibilityState: string } };
  /** What the browser says of its network. */
  readonly navigator: { onLine: boolean };
  /** It has none. */
  isCut: boolean;
  readonly timers: Readonly<Record<TimerName, (...args: never[]) => unknown>>;
  /** Shows or hides the page, with `visibilitychange`. */
  show(visible: boolean): void;
  setOnline(online: boolean): void;
}

export function createPage(
  id: string,
  {
    clock,
    onError = rethrow,
  }: { clock: Pick<Clock, "now" | "after">; onError?: (error: unknown) => void },
): Page {
  const timers = new Map<number, () => void>();
  let lastTimer = 0;
  const document = Object.assign(createTarget(onError), { visibilityState: "visible" });
  const window = Object.assign(createTarget(onError), { document });

  function guarded(run: () => void) {
    return () => {
      try {
        run();
      } catch (error) {
        onError(error);
      }
    };
  }

  /** Browsers throttle timers of a hidden page to full seconds. */
  function wait(ms: number) {
    if (document.visibilityState === "visible") return ms;
    const due = clock.now() + ms;
    return Math.ceil(due / 1000) * 1000 - clock.now();
  }

  function begin(run: () => void, ms: number, again: boolean): number {
    const timer = ++lastTimer;
    const arm = () => {
      const cancel = clock.after(wait(ms), page, () => {
        if (again) arm();
        else timers.delete(timer);
        guarded(run)();
      });
      timers.set(timer, cancel);
    };
    arm();
    return timer;
  }

  function end(timer: number | undefined) {
    if (timer === undefined) return;
    timers.get(timer)?.();
    timers.delete(timer);
  }

  const page: Page = {
    life: "running",
    id,
    window,
    navigator: { onLine: true },
    isCut: false,
    timers: {
      setTimeout: (run: () => void, ms = 0) => begin(run, ms, false),
      setInterval: (run: () => void, ms = 0) => begin(run, ms, true),
      clearTimeout: end,
      clearInterval: end,
      queueMicrotask: (run: () => void) => queueMicrotask(guarded(run)),
    },
    show(visible) {
      const state = visible ? "visible" : "hidden";
      if (document.visibilityState === state) return;
      document.visibilityState = state;
      document.dispatch("visibilitychange");
    },
    setOnline(online) {
      if (page.navigator.onLine === online) return;
      page.navigator.onLine = online;
      window.dispatch(online ? "online" : "offline");
    },
  };
  return page;
}

function rethrow(error: unknown) {
  throw error;
}

export function createTarget(onError: (error: unknown) => void): Target {
  const listeners = new Map<string, Map<Listener, { capture?: boolean }>>();
  return {
    addEventListener(type, listener, options = {}) {
      const of = listeners.get(type) ?? new Map();
      listeners.set(type, of.set(listener, options));
    },
    removeEventListener: (type, listener) => void listeners.get(type)?.delete(listener),
    dispatch(type, event = {}) {
      const of = [...(listeners.get(type) ?? [])];
      const first = of.filter(([, { capture }]) => capture);
      const rest = of.filter(([, { capture }]) => !capture);
      for (const [listener] of [...first, ...rest]) {
        try {
          listener({ type, ...event });
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
