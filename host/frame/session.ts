import { listenForChords } from "#contract/chords.ts";
import type { Mount, MountedApp } from "#contract/mount.ts";
import {
  commandSchema,
  door,
  inspectSchema,
  type Openable,
  type PaneMethods,
  type ShellMethods,
  themeSchema,
  visibleSchema,
  type Welcome,
} from "#contract/pane.ts";

/** The methods of the shell that this page calls; their results are not used. */
export type ShellProxy = {
  [Name in Exclude<keyof ShellMethods, "hello">]: (
    ...args: Parameters<ShellMethods[Name]>
  ) => Promise<unknown>;
};

export interface FrameSession {
  readonly methods: PaneMethods;
  /** Mounts the app, with the calls that arrived since `welcome` already applied. */
  start(
    mount: Mount,
    element: HTMLElement,
    welcome: Welcome,
    shell: ShellProxy,
    /** Of the shell. */
    origin: string,
  ): void;
}

/** Connects the shell's calls to the mounted app. Calls that arrive before the app is mounted apply at its start. */
export function createFrameSession(): FrameSession {
  let app: MountedApp | null = null;
  let early: Partial<Pick<Welcome, "theme" | "visible" | "restore" | "inspect">> = {};
  let opened: Openable | null = null;

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
      command: door(commandSchema, (command) => {
        if (command.type === "open") {
          if (app) app.open?.(command.what);
          else opened = command.what;
        } else if (app) app.navigate(command.url);
        else early = { ...early, restore: command.url };
      }),
      inspect: door(inspectSchema, (on) => {
        if (app) app.traceTo(on);
        else early = { ...early, inspect: on };
      }),
      trial: (trial) => app?.tryOut?.(trial),
      ping: () => {},
    },
    start(mount, element, welcome, shell, origin) {
      const { version, name, theme, visible, restore, inspect } = { ...welcome, ...early };
      const notify = async (send: () => Promise<unknown>) => {
        try {
          await send();
        } catch {
          // The shell has gone, which is no error. penpal throws or rejects, depending on when.
        }
      };
      app = mount(element, {
        contract: version,
        name,
        theme,
        visible,
        url: restore,
        onUrl: (url) =>
          notify(() => shell.state({ url, byUser: navigator.userActivation.isActive })),
        onStatus: (status) => notify(() => shell.status(status)),
        onTitle: (title) => notify(() => shell.title(title)),
        onOutdated: (version) => notify(() => shell.outdated(version)),
        onTrace: (entries) => notify(() => shell.trace(entries)),
        onReveal: () => notify(() => shell.reveal()),
        shell: {
          origin,
          commands: async () => shell.commands(),
          run: (id) => notify(() => shell.run(id)),
        },
      });
      if (opened) app.open?.(opened);
      if (inspect) app.traceTo(true);
      const reportFocus = () => void notify(() => shell.focused());
      window.addEventListener("focus", reportFocus);
      if (document.hasFocus()) reportFocus();
      listenForChords(window, (chord) => notify(() => shell.chord(chord)));
      notify(() => shell.ready());
    },
  };
}
