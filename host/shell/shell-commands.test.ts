import { expect, test, vi } from "vitest";
import { shellCommandsSchema } from "#contract/shell-commands.ts";
import type { Shell, ShellState } from "./shell.ts";
import { createShellCommands } from "./shell-commands.ts";

function setUp(patch: Partial<ShellState> = {}) {
  const pane = (id: string, hidden = false) => ({ id, hidden, url: "/" as const, remote: {} });
  const state = {
    panes: [pane("A"), pane("B", true)],
    layout: "side",
    front: "A",
    inspector: false,
    active: "",
    titles: {},
    ...patch,
  };
  const shell = {
    state: { get: () => state },
    show: vi.fn(),
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
      "Add tab (Alt+T)",
      "Layout: Side by side",
      "Show the inspector (Alt+I)",
      "Theme: dark",
    ]),
  );
  expect(titles).not.toContain("Hide Tab B");
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
