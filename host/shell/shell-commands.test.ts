import { expect, test, vi } from "vitest";
import { shellCommandsSchema } from "#contract/shell-commands.ts";
import { accounts, remotes } from "#host/shared/testing/remotes.ts";
import type { Shell } from "./shell.ts";
import { createShellCommands } from "./shell-commands.ts";
import type { ShellState } from "./shell-state.ts";

const pane = (id: string, hidden = false) => ({
  id,
  hidden,
  url: "/" as const,
  remote: accounts,
  label: "",
});

function setUp(patch: Partial<ShellState> = {}) {
  const state = {
    panes: [pane("A"), pane("B", true)],
    layout: "side",
    front: "A",
    inspector: false,
    active: "",
    titles: {},
    closed: [{ plan: pane("C"), at: 0 }],
    ...patch,
  };
  const shell = {
    offer: { remotes, faults: [] },
    state: { get: () => state },
    show: vi.fn(),
    move: vi.fn(),
    hide: vi.fn(),
    setLayout: vi.fn(),
    setInspector: vi.fn(),
  };
  const theme = { choose: vi.fn() };
  const commands = createShellCommands({
    shell: () => shell as unknown as Shell,
    theme: () => theme as never,
    popOut() {},
  });
  return { shell, theme, ...commands };
}

test("the shell lists what it can do now, with the keys that do it", () => {
  const { list } = setUp();
  expect(shellCommandsSchema.parse(list())).toEqual(list());
  const titles = list().map(({ title, keys }) => (keys ? `${title} (${keys})` : title));
  expect(titles).toEqual(
    expect.arrayContaining([
      "Go to Tab A (Alt+1)",
      "Hide Tab A",
      "Show Tab B",
      "Close Tab B",
      "Maximise Tab A (Alt+M)",
      "Maximise Tab B",
      "Duplicate Tab B",
      "Rename Tab B",
      "Open Tab C again (Alt+Z)",
      "Add tab (Alt+T)",
      "Layout: Side by side",
      "Show the inspector (Alt+I)",
      "Theme: dark",
    ]),
  );
  expect(titles).not.toContain("Hide Tab B");
  // It is the only one that is shown.
  expect(titles).not.toContain(expect.stringMatching(/^Move/));
});

test("a pane is moved to where it can be", () => {
  const { list, run, shell } = setUp({ panes: [pane("A"), pane("B")] as never });
  const titles = list().map(({ title, keys }) => `${title} (${keys})`);
  expect(titles).toContain("Move Tab A on (Alt+Shift+ArrowRight)");
  expect(titles).toContain("Move Tab B back (undefined)");
  expect(titles.join()).not.toContain("Move Tab A back");
  run("move on A");
  expect(shell.move.mock.calls).toEqual([["A", 1]]);
});

test("a command is run by its id, and one that is not offered is not", () => {
  const { run, shell, theme } = setUp();
  run("hide A");
  run("show B");
  run("layout focus");
  run("theme dark");
  run("hide B");
  run("constructor");
  expect(shell.hide.mock.calls).toEqual([["A"]]);
  expect(shell.show.mock.calls).toEqual([["B"]]);
  expect(shell.setLayout.mock.calls).toEqual([["focus"]]);
  expect(theme.choose.mock.calls).toEqual([["dark"]]);
});
