import { listenForChords } from "#contract/chords.ts";
import type { Mount, MountedApp } from "#contract/mount.ts";
import {
  commandSchema,
  door,
  inspectSchema,
  type PaneMethods,
  type ShellMethods,
  themeSchema,
  visibleSchema,
  type Welcome,
} from "#contract/pane.ts";

/** What of the shell this page uses; penpal's promises are of no interest here. */
export type ShellProxy = {
  [Name in Exclude<keyof ShellMethods, "hello">]: (
    ...args: Parameters<ShellMethods[Name]>
  ) => Promise<unknown>;
};

export interface FrameSession {
  readonly methods: PaneMethods;
  /** Puts the app on the page. What the shell said since `welcome` is already in. */
  start(mount: Mount, element: HTMLElement, welcome: Welcome, shell: ShellProxy): void;
}

/** Between the shell's words and the mounted app. The shell may speak before there is an app. */
export function createFrameSession(): FrameSession {
  let app: MountedApp | null = null;
  let early: Partial<Pick<Welcome, "theme" | "visible" | "restore" | "inspect">> = {};

  return {
    methods: {
      visible: door(visibleSchema, (visible) => {
        if (app) app.setVisible(visible);
        else early = { ...early, visible };
      }),
      theme: door(themeSchema, (theme) => {
        if (app) app.setTheme(theme);
        else early = { ...early, theme };
      }),
      command: door(commandSchema, ({ url }) => {
        if (app) app.navigate(url);
        else early = { ...early, restore: url };
      }),
      inspect: door(inspectSchema, (on) => {
        if (app) app.traceTo(on);
        else early = { ...early, inspect: on };
      }),
      ping: () => {},
    },
    start(mount, element, welcome, shell) {
      const { name, theme, visible, restore, inspect } = { ...welcome, ...early };
      const tell = async (send: () => Promise<unknown>) => {
        try {
          await send();
        } catch {
          // The shell went away, which is no error of ours. penpal throws or rejects, as it comes.
        }
      };
      app = mount(element, {
        name,
        theme,
        visible,
        url: restore,
        onUrl: (url) => tell(() => shell.state({ url, byUser: navigator.userActivation.isActive })),
        onStatus: (status) => tell(() => shell.status(status)),
        onTrace: (entries) => tell(() => shell.trace(entries)),
        onReveal: () => tell(() => shell.reveal()),
      });
      if (inspect) app.traceTo(true);
      listenForChords(window, (chord) => tell(() => shell.chord(chord)));
      tell(() => shell.ready());
    },
  };
}
