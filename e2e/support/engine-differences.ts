/** A test of Chromium that another engine does not pass, and why. It fails there if it passes after all. */
export interface Difference {
  readonly test: string;
  /** `engine`: what users meet too. `driver`: what only tests do, and this engine's driver cannot. */
  readonly of: "engine" | "driver";
  readonly why: string;
}

export const differs: Readonly<Record<"firefox" | "webkit", readonly Difference[]>> = {
  firefox: [
    {
      test: "a pane that hangs does not stop the shell",
      of: "engine",
      why: "Shell and panes share a process, although their origins differ: the shell stops for as long as the pane",
    },
    {
      test: "panes that hang are started again by themselves, at their place and with what was typed; the shell goes on",
      of: "engine",
      why: "As above: a shell that stops with its panes cannot notice it",
    },
    {
      test: "a tab out of view sends no request and renders nothing; shown, it reads once what has changed",
      of: "driver",
      why: "Over WebDriver BiDi a page behind another one stays visible, so there is no tab out of view",
    },
  ],
  webkit: [],
};
