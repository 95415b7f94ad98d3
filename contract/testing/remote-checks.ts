import { outdatedSchema, statusSchema, tabUrlSchema } from "#contract/pane.ts";
import { tabTitleSchema } from "#contract/tab-title.ts";
import { parseReports } from "#sync/devtools";
import type { Mounted, RemoteProbe } from "./remote-probe.ts";

/** What the shell relies on, or what a remote may do beside that. */
export type Level = "must" | "may";

export interface Check {
  readonly name: string;
  /** Without it: must. */
  readonly level?: Level;
  run(probe: RemoteProbe): Promise<void>;
}

function expectThat(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem);
}

const methods = ["setTheme", "setVisible", "navigate", "traceTo", "unmount"] as const;

interface Schema {
  safeParse(input: unknown): { success: boolean };
}
const said: Readonly<Record<string, Schema>> = {
  onUrl: tabUrlSchema,
  onStatus: statusSchema,
  onTitle: tabTitleSchema,
  onOutdated: outdatedSchema,
};

function expectValid({ calls }: RemoteProbe): void {
  for (const { name, value } of calls)
    expectThat(
      said[name]?.safeParse(value).success ?? true,
      `${name} was called with ${JSON.stringify(value)}, which the shell drops`,
    );
}

const shows = ({ element }: Mounted) => element.childNodes.length > 0;

/** In the order in which a shell meets them. */
export function createChecks(): readonly Check[] {
  return [
    {
      name: "mount returns at once what the shell calls",
      async run(probe) {
        const { app } = probe.mount();
        expectThat(typeof app === "object" && app !== null, "mount returned no object");
        for (const name of methods)
          expectThat(typeof app[name] === "function", `${name} is no function`);
      },
    },
    {
      name: "it shows something in its element, and reports a status",
      async run(probe) {
        const mounted = probe.mount();
        await probe.until(() => shows(mounted), "the element stays empty");
        await probe.until(
          () => probe.calls.some(({ name }) => name === "onStatus"),
          "onStatus is never called: the header of its pane shows no state",
        );
        expectValid(probe);
      },
    },
    {
      name: "with contract 1 it works too, where titles, builds and commands of the shell are missing",
      async run(probe) {
        const none = { onTitle: undefined, onOutdated: undefined, shell: undefined };
        // An older frame page has no such names at all.
        const mounted = probe.mount({ contract: 1, ...(none as object) });
        await probe.until(() => shows(mounted), "the element stays empty");
        await probe.settle();
      },
    },
    {
      name: "hidden from the start it asks nothing of its server",
      level: "may",
      async run(probe) {
        probe.mount({ visible: false });
        await probe.settle();
        const [first] = probe.requests;
        expectThat(first === undefined, `it asked for ${first}`);
      },
    },
    {
      name: "hidden from the start it works once it is shown",
      async run(probe) {
        const mounted = probe.mount({ visible: false });
        await probe.settle();
        mounted.app.setVisible(true);
        await probe.until(() => shows(mounted), "the element stays empty");
        await probe.until(
          () => probe.calls.some(({ name }) => name === "onStatus"),
          "onStatus is never called",
        );
      },
    },
    {
      name: "it takes each theme, and being hidden and shown, at any time and more than once",
      async run(probe) {
        const { app } = probe.mount();
        for (const theme of ["dark", "dark", "light"] as const) app.setTheme(theme);
        for (const visible of [true, false, false, true]) app.setVisible(visible);
        await probe.settle();
        expectValid(probe);
      },
    },
    {
      name: "it makes no history entry, and leaves the address of its page alone",
      async run(probe) {
        const before = [history.length, location.href];
        const mounted = probe.mount({ url: "/?place=1" });
        await probe.until(() => shows(mounted), "the element stays empty");
        for (const url of ["/?place=2", "/a/b#c", "/"]) mounted.app.navigate(url);
        await probe.settle();
        const after = [history.length, location.href];
        expectThat(
          String(before) === String(after),
          `history and address went from ${before.join(", ")} to ${after.join(", ")}`,
        );
      },
    },
    {
      name: "any URL of a tab is taken, also one that it never made",
      async run(probe) {
        const { app } = probe.mount({ url: "/?junk=%00&junk=[]" });
        for (const url of ["/%", `/?${"a".repeat(1990)}`, "/?__proto__=1", "/#"]) app.navigate(url);
        await probe.settle();
        expectValid(probe);
      },
    },
    {
      name: "it does not take the focus by itself, nor ask for its pane to be revealed",
      async run(probe) {
        const outside = document.createElement("button");
        document.body.append(outside);
        outside.focus();
        const mounted = probe.mount();
        await probe.until(() => shows(mounted), "the element stays empty");
        await probe.settle();
        const hadFocus = document.activeElement === outside;
        outside.remove();
        expectThat(hadFocus, "the focus went into it while it was being mounted");
        expectThat(!probe.calls.some(({ name }) => name === "onReveal"), "onReveal was called");
      },
    },
    {
      name: "it passes its trace on only while it is asked for, in entries that the shell reads",
      async run(probe) {
        const traces = () => probe.calls.filter(({ name }) => name === "onTrace");
        const { app } = probe.mount();
        await probe.settle();
        expectThat(traces().length === 0, "onTrace was called before traceTo(true)");
        app.traceTo(true);
        await probe.settle();
        for (const { value } of traces()) {
          const given = Array.isArray(value) ? value.length : -1;
          expectThat(
            parseReports(value).length === Math.min(given, 500),
            "onTrace has entries that the shell drops",
          );
        }
        app.traceTo(false);
        const count = traces().length;
        app.setVisible(false);
        app.setVisible(true);
        await probe.settle();
        expectThat(traces().length === count, "onTrace was called after traceTo(false)");
      },
    },
    {
      name: "unmounted it leaves nothing in its element, says nothing more, and can be mounted again",
      async run(probe) {
        const mounted = probe.mount();
        await probe.until(() => shows(mounted), "the element stays empty");
        mounted.app.unmount();
        await probe.settle();
        expectThat(!shows(mounted), "the element is not empty");
        const count = probe.calls.length;
        window.dispatchEvent(new Event("online"));
        document.dispatchEvent(new Event("visibilitychange"));
        await probe.settle();
        expectThat(probe.calls.length === count, `${probe.calls.at(-1)?.name} was called`);
        const again = probe.mount();
        await probe.until(() => shows(again), "mounted again it stays empty");
      },
    },
  ];
}
