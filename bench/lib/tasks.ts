import type { Browser, Page } from "@playwright/test";

/** One task of a page's main thread. */
export interface Task {
  /** Wall time in milliseconds. */
  readonly ms: number;
  /** The part of it on the CPU: on a loaded machine a task also waits for a core. */
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

/** Records the tasks of the main threads of shell and panes, until the returned function is called for them. */
export async function recordTasks(browser: Browser, page: Page): Promise<() => Promise<Task[]>> {
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
