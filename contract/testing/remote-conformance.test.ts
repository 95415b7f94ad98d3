// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { transformWithOxc } from "vite";
import { expect, test, vi } from "vitest";
import type { Mount, MountContext, MountedApp } from "#contract/mount.ts";
import { formatRemoteReport, runRemoteConformance } from "./remote-conformance.ts";

/** A small remote that does what it must, with one part of it replaced. */
const remote =
  (
    change: (element: HTMLElement, context: MountContext) => Partial<MountedApp> = () => ({}),
  ): Mount =>
  (element, context) => {
    element.textContent = context.url;
    context.onStatus("live");
    return {
      setTheme() {},
      setVisible() {},
      navigate(url) {
        element.textContent = url;
      },
      traceTo() {},
      unmount: () => element.replaceChildren(),
      ...change(element, context),
    };
  };

/** Does something beside what a remote does. */
function also(act: () => unknown): Partial<MountedApp> {
  act();
  return {};
}

const failuresOf = async (mount: Mount) => {
  const { checks } = await runRemoteConformance(mount, { patience: 100 });
  return checks.flatMap(({ name, outcome, problem }) =>
    outcome === "failed" ? `${name}: ${problem}` : [],
  );
};

test("a remote that does what it must passes, with a line for each check", async () => {
  const report = await runRemoteConformance(remote());
  expect(formatRemoteReport(report)).not.toContain("FAIL");
  expect(report.passed).toBe(true);
  expect(report.checks.length).toBeGreaterThanOrEqual(10);
});

test("the remote of CONTRIBUTING.md passes, in about twenty lines", async () => {
  const guide = readFileSync("CONTRIBUTING.md", "utf8");
  const [, section = ""] = guide.split("## Add a remote\n");
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  expect(code.trim().split("\n").length).toBeLessThanOrEqual(26);
  const { code: script } = await transformWithOxc(code, "remote.ts");
  const loaded = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`
  );
  expect(await failuresOf(loaded.mount)).toEqual([]);
});

const faults: Record<string, [Parameters<typeof remote>[0], RegExp]> = {
  "lacks a method": [() => ({ setTheme: undefined as never }), /setTheme is no function/],
  "shows nothing": [(element) => also(() => element.replaceChildren()), /the element stays empty/],
  "says a status that is none": [
    (_, { onStatus }) => also(() => onStatus("fine" as never)),
    /onStatus was called with "fine"/,
  ],
  "says another origin": [
    (_, { onUrl }) => also(() => onUrl("//evil.test")),
    /onUrl was called with "\/\/evil/,
  ],
  "needs a title of its shell": [
    (_, { onTitle }) =>
      also(() => (onTitle as (title: unknown) => void)({ name: null, unread: 0 })),
    /^with contract 1 .*not a function/,
  ],
  "reads while it is hidden": [
    (_, { visible }) => also(() => visible || fetch("data:,read").catch(() => {})),
    /^hidden from the start it asks.*it asked for data:,read/,
  ],
  "throws when it is hidden": [
    () => ({
      setVisible() {
        throw new Error("not now");
      },
    }),
    /^it takes each theme.*not now/,
  ],
  "makes history": [
    () => ({ navigate: (url) => history.pushState(null, "", `#${url.length}`) }),
    /^it makes no history entry.*went from/,
  ],
  "throws at a URL that it never made": [
    () => ({ navigate: (url) => void decodeURIComponent(url) }),
    /^any URL of a tab.*URI malformed/,
  ],
  "takes the focus": [
    (element) => {
      const field = document.createElement("input");
      element.append(field);
      field.focus();
      return {};
    },
    /^it does not take the focus/,
  ],
  "asks to be revealed": [(_, { onReveal }) => also(() => onReveal()), /onReveal was called/],
  "passes its trace on unasked": [
    (_, { onTrace }) => also(() => onTrace([])),
    /before traceTo\(true\)/,
  ],
  "passes junk on as its trace": [
    (_, { onTrace }) => ({ traceTo: (on) => on && onTrace([{ type: "poem" } as never]) }),
    /entries that the shell drops/,
  ],
  "goes on with its trace": [
    (_, { onTrace }) => ({ setVisible: () => onTrace([]) }),
    /after traceTo\(false\)/,
  ],
  "leaves something": [() => ({ unmount() {} }), /^unmounted.*the element is not empty/],
  "goes on after its end": [
    (_, { onStatus }) => {
      window.addEventListener("online", () => onStatus("live"));
      return {};
    },
    /^unmounted.*onStatus was called/,
  ],
};

test.each(Object.entries(faults))("a remote that %s is told so", async (_, [change, problem]) => {
  vi.stubGlobal("fetch", async () => new Response());
  const failures = await failuresOf(remote(change));
  expect(failures.filter((failure) => problem.test(failure)).length).toBeGreaterThanOrEqual(1);
});
