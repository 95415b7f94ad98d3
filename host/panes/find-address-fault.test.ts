import { expect, test } from "vitest";
import { describeFailure } from "./describe-failure.ts";
import { findAddressFault } from "./find-address-fault.ts";

const pane = "http://localhost:4174";
const shell = "http://localhost:4173";
const answers = async () => new Response();
const refuses = async () => {
  throw new TypeError("Failed to fetch");
};

test.each([
  ["a mapped port", "http://localhost:8080", answers, ["localhost:8080", "SHELL_URL and PANE_URL"]],
  [
    "another outer name",
    "http://tandem.example",
    refuses,
    ["tandem.example", "SHELL_URL and PANE_URL"],
  ],
  ["a server that is down", shell, refuses, ["Nothing answers at localhost:4174", "PANE_URL"]],
  ["another server at that port", shell, answers, ["Something answers at localhost:4174"]],
])("a pane that cannot be reached names its true cause: %s", async (_, opened, fetcher, texts) => {
  const options = { expected: shell, paneOrigin: pane, hasLoaded: true, fetcher };
  const fault = await findAddressFault({ opened, ...options });
  const { text } = describeFailure(
    { cause: "no-tab", detail: "" },
    { title: "Tab A", app: "Accounts", origin: pane, fault },
  );
  for (const part of texts) expect(text).toContain(part);
  if (fetcher === answers || opened !== shell) expect(text).not.toContain("Nothing answers");
});

test("a pane whose frame has not loaded is slow, and not refused", async () => {
  const options = { opened: shell, expected: shell, paneOrigin: pane, fetcher: answers };
  expect(await findAddressFault({ ...options, hasLoaded: false })).toEqual({ kind: "slow" });
  expect(await findAddressFault({ ...options, hasLoaded: true })).toEqual({ kind: "no-pane" });
});

test("an http address in an https page is mixed content, but for those of the computer itself", async () => {
  const kind = async (opened: string, paneOrigin: string) =>
    (
      await findAddressFault({
        ...{ opened, paneOrigin, expected: opened, hasLoaded: true },
        fetcher: refuses,
      })
    ).kind;
  expect(await kind("https://tandem.test", "http://pane.test")).toBe("mixed-content");
  expect(await kind("https://tandem.test", "http://localhost.test")).toBe("mixed-content");
  for (const own of [
    "http://localhost:1",
    "http://127.0.0.1",
    "http://[::1]",
    "http://a.localhost",
  ])
    expect(await kind("https://tandem.test", own)).toBe("silent");
  expect(await kind("https://tandem.test", "https://pane.test")).toBe("silent");
  expect(await kind("http://tandem.test", "http://pane.test")).toBe("silent");
});
