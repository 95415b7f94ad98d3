import { chords, keysOfChord } from "#contract/chords.ts";
import type { ShellCommand } from "#contract/shell-commands.ts";
import { paneTitle } from "#host/shared/pane-title.ts";
import { neighbour } from "./arrange.ts";
import { layoutChoices } from "./layout-choices.ts";
import type { Shell, ShellCommands } from "./shell.ts";
import { isShown, maxPanes } from "./shell-plan.ts";
import { activePane } from "./shell-state.ts";
import type { ThemePreference } from "./theme-preference.ts";

interface Runnable extends ShellCommand {
  readonly run: () => void;
}

/** All that the shell can do, by name: panes list it among their own commands. */
export function createShellCommands(parts: {
  readonly shell: () => Shell;
  readonly theme: () => ThemePreference;
  /** Opens what a pane shows in a browser tab. */
  readonly popOut: (id: string) => void;
}): ShellCommands {
  function ofPanes(): Runnable[] {
    const shell = parts.shell();
    const state = shell.state.get();
    return state.panes.flatMap((plan, at): Runnable[] => {
      const { id } = plan;
      const title = paneTitle(id);
      const isAlone = state.layout === "focus" && state.front === id;
      const isActive = activePane(state) === id;
      const chord = chords.find((each) => each === `focus-${at + 1}`);
      return [
        {
          id: `focus ${id}`,
          title: `Go to ${title}${plan.label && `: ${plan.label}`}`,
          run: () => shell.reveal(id),
          ...(chord && { keys: keysOfChord(chord) }),
        },
        isShown(state, plan)
          ? { id: `hide ${id}`, title: `Hide ${title}`, run: () => shell.hide(id) }
          : { id: `show ${id}`, title: `Show ${title}`, run: () => shell.show(id) },
        { id: `reload ${id}`, title: `Reload ${title}`, run: () => shell.pane(id)?.restart() },
        ...(plan.remote.standalone === undefined
          ? []
          : [
              {
                id: `pop out ${id}`,
                title: `Open ${title} in a browser tab`,
                run: () => parts.popOut(id),
              },
            ]),
        {
          id: `maximise ${id}`,
          title: isAlone ? `Show all tabs beside ${title}` : `Maximise ${title}`,
          run: () => shell.maximise(id),
          ...(isActive && { keys: keysOfChord("maximise") }),
        },
        ...([-1, 1] as const)
          .filter((by) => neighbour(state, id, by))
          .map((by) => ({
            id: `move ${by < 0 ? "back" : "on"} ${id}`,
            title: `Move ${title} ${by < 0 ? "back" : "on"}`,
            run: () => shell.move(id, by),
            ...(isActive && { keys: keysOfChord(by < 0 ? "move-back" : "move-on") }),
          })),
        ...(state.panes.length < maxPanes
          ? [{ id: `duplicate ${id}`, title: `Duplicate ${title}`, run: () => shell.duplicate(id) }]
          : []),
        { id: `rename ${id}`, title: `Rename ${title}`, run: () => shell.askName(id) },
        { id: `close ${id}`, title: `Close ${title}`, run: () => shell.close(id) },
      ];
    });
  }

  function all(): Runnable[] {
    const shell = parts.shell();
    const { panes, inspector, closed } = shell.state.get();
    const last = closed.at(-1)?.plan;
    return [
      ...ofPanes(),
      ...(panes.length < maxPanes
        ? [
            { id: "add", title: "Add tab", keys: keysOfChord("add-tab"), run: () => shell.add() },
            ...shell.offer.remotes.slice(1).map((remote) => ({
              id: `add ${remote.name}`,
              title: `Add tab: ${remote.title}`,
              run: () => shell.add(remote),
            })),
          ]
        : []),
      ...(last && panes.length < maxPanes
        ? [
            {
              id: "reopen",
              title: `Open ${paneTitle(last.id)} again`,
              keys: keysOfChord("reopen-tab"),
              run: shell.reopen,
            },
          ]
        : []),
      ...layoutChoices.map(({ layout, label }) => ({
        id: `layout ${layout}`,
        title: `Layout: ${label}`,
        run: () => shell.setLayout(layout),
      })),
      {
        id: "inspector",
        title: inspector ? "Hide the inspector" : "Show the inspector",
        keys: keysOfChord("inspector"),
        run: () => shell.setInspector(!inspector),
      },
      ...(["light", "dark", "system"] as const).map((preference) => ({
        id: `theme ${preference}`,
        title: `Theme: ${preference}`,
        run: () => parts.theme().choose(preference),
      })),
    ];
  }

  return {
    list: () => all().map(({ run: _, ...command }) => command),
    run: (commandId) =>
      all()
        .find(({ id }) => id === commandId)
        ?.run(),
  };
}
