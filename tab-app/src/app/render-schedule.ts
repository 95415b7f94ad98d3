export interface RenderScheduleOptions {
  /** Whether this tab has writes that the server has not answered. */
  isWriting: () => boolean;
  now?: () => number;
  /** Runs within the current task. */
  soon?: (run: () => void) => void;
  later?: (run: () => void, ms: number) => void;
}

/** Milliseconds in which one render is enough. */
const frame = 16;
/** Milliseconds after which the request of a write has left, or its broadcast has reached the other tabs. */
const head = 4;

/**
 * When react-query tells components that data has changed. A change of another tab renders in the task that
 * brought it. What a writing tab shows is known to its user already, and panes share a thread: its request and
 * its broadcast go first. Changes that follow within a frame wait, so that a burst does not render each.
 */
export function createRenderSchedule({
  isWriting,
  now = () => performance.now(),
  soon = queueMicrotask,
  later = (run, ms) => void setTimeout(run, ms),
}: RenderScheduleOptions): (notify: () => void) => void {
  let waiting = 0;
  let notified = Number.NEGATIVE_INFINITY;

  return (notify) => {
    const run = () => {
      notified = now();
      notify();
    };
    // Nothing overtakes what waits.
    if (waiting === 0 && !isWriting() && now() - notified >= frame) return soon(run);
    waiting++;
    later(
      () => {
        waiting--;
        run();
      },
      isWriting() ? head : 0,
    );
  };
}
