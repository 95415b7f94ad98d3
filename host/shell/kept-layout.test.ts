import { expect, test } from "vitest";
import { createObservable } from "#host/shared/observable.ts";
import { remotes } from "#host/shared/testing/remotes.ts";
import { keepLayout, restoreLayout } from "./kept-layout.ts";
import type { ShellPlan } from "./shell-plan.ts";
import { parseShellUrl } from "./shell-url.ts";

function setUp() {
  const stored = new Map<string, string>();
  const state = createObservable<ShellPlan>(parseShellUrl("", remotes));
  const visit = (search: string) => {
    const location = { search };
    const page = {
      location,
      history: {
        replaceState(_state: unknown, _title: string, url: string) {
          location.search = url.slice(1);
        },
      },
      localStorage: {
        getItem: (key: string) => stored.get(key) ?? null,
        setItem: (key: string, value: string) => stored.set(key, value),
      },
    } as unknown as Window;
    restoreLayout(page);
    return { search: location.search, page };
  };
  keepLayout(state, remotes, visit("").page);
  const show = (search: string) => state.set(parseShellUrl(search, remotes));
  return { stored, show, visit };
}

test("a visit without a query begins with the tabs, their order, sizes and layout of the last one", () => {
  const { show, visit } = setUp();
  expect(visit("").search).toBe("");
  show("?tabs=C,A&A=%2Fa&hidden=A&C.size=150&layout=stacked");
  expect(visit("").search).toBe("?tabs=C,A&C.size=150&hidden=A&layout=stacked");
  expect(visit("?tabs=B").search).toBe("?tabs=B");
  show("?tabs=");
  expect(visit("").search).toContain("tabs=C,A");
  show("");
  expect(visit("").search).toBe("");
});

test("nothing is kept of what a person looked at or typed", () => {
  const { show, stored } = setUp();
  show("?tabs=A,C&A=%2F%3Faccount%3Dacc-05%26text%3Dsecret&A.name=secret");
  expect([...stored.values()]).toEqual(["?tabs=A,C"]);
});

test("storage that is blocked changes nothing", () => {
  const blocked = () => {
    throw new Error("blocked");
  };
  const page = { location: { search: "" }, localStorage: { getItem: blocked, setItem: blocked } };
  const state = createObservable<ShellPlan>(parseShellUrl("", remotes));
  restoreLayout(page as unknown as Window);
  keepLayout(state, remotes, page as unknown as Window);
  expect(() => state.set(parseShellUrl("?tabs=A", remotes))).not.toThrow();
});
