import type { Trace, TraceEntry } from "../core/trace.ts";

/** The part of a page that tells of paints. */
export interface PaintedPage {
  /** Calls once, when the document changes next. Returns the undo. */
  onNextChange(call: () => void): () => void;
  /** Calls once the next frame has been painted. */
  afterPaint(call: () => void): void;
}

/** Milliseconds in which a page renders what it was given. What comes later has another cause. */
const patience = 1000;

/**
 * Adds to the trace when the page has been painted with what was put in place or read: at the first frame after the
 * document changed. Data that nothing on the page shows adds nothing.
 */
export function connectPainted(trace: Trace, page: PaintedPage | null = realPage()): () => void {
  if (!page) return () => {};
  let waiting: number[] = [];
  let undo = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop() {
    undo();
    clearTimeout(timer);
    waiting = [];
  }

  function watch(seq: number) {
    if (waiting.push(seq) > 1) return;
    timer = setTimeout(stop, patience);
    undo =
      page?.onNextChange(() => {
        const of = waiting.slice(-200);
        stop();
        page.afterPaint(() => trace.add({ type: "shown", of }));
      }) ?? undo;
  }

  const unsubscribe = trace.subscribe((entry) => {
    if (bringsData(entry)) watch(entry.seq);
  });
  return () => {
    unsubscribe();
    stop();
  };
}

function bringsData(entry: TraceEntry): boolean {
  if (entry.type === "change") return entry.touched.some(({ decision }) => decision === "patched");
  return entry.type === "request" && entry.state === "ok" && !entry.target.startsWith('["write"');
}

function realPage(): PaintedPage | null {
  if (!globalThis.document) return null;
  return {
    onNextChange(call) {
      const observer = new MutationObserver(call);
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      return () => observer.disconnect();
    },
    afterPaint(call) {
      // A message that is posted in a frame is handled after it has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          call();
        };
        port2.postMessage(null);
      });
    },
  };
}
