import { expect, test } from "vitest";
import { describeDiagnostics } from "./diagnostics.ts";

test("diagnostics say what failed, where and in which build, and leave out what is not known", () => {
  const failure = { cause: "unreachable", detail: "", tried: 3, again: false } as const;
  const context = {
    title: "Tab A",
    app: "Accounts",
    shellOrigin: "http://localhost:4173",
    paneOrigin: "http://localhost:4174",
    fault: { kind: "silent" } as const,
    build: "",
    browser: "A browser",
  };
  expect(describeDiagnostics(failure, context).split("\n")).toEqual([
    "Tab A (Accounts): unreachable, silent",
    "Started again by itself: 3 times",
    "Shell http://localhost:4173, panes http://localhost:4174",
    "A browser",
  ]);
  const broken = { ...failure, cause: "remote-broken", detail: "SyntaxError" } as const;
  const text = describeDiagnostics(broken, { ...context, fault: null, build: "b1" });
  expect(text).toContain("remote-broken\nSyntaxError\n");
  expect(text).toContain("Build b1");
});
