import type { Browser, Page } from "@playwright/test";

/** One turn of a page's main thread. */
export interface Task {
  /** From beginning to end, in milliseconds. */
  readonly ms: number;
  /** The part of it that the thread ran: on a busy machine it waits for a core in the middle of a task. */
  readonly cpuMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Begins to note what the main threads of the shell and its panes do. Await the returned function for it. */
export async function noteTasks(browser: Browser, page: Page): Promise<() => Promise<Task[]>> {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  return async () => {
    const text = (await browser.stopTracing()).toString();
    const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] };
    const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
    const mainThreads = new Set(
      traceEvents
        .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
        .map(threadOf),
    );
    return traceEvents
      .filter((event) => event.ph === "X" && event.name.endsWith("RunTask"))
      .filter((event) => mainThreads.has(threadOf(event)))
      .map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1000, cpuMs: tdur / 1000 }));
  };
}
