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
  const fault = await findAddressFault({ opened, expected: shell, paneOrigin: pane, fetcher });
  const { text } = describeFailure(
    { cause: "unreachable" },
    { title: "Tab A", app: "Accounts", origin: pane, fault },
  );
  for (const part of texts) expect(text).toContain(part);
  if (fetcher === answers || opened !== shell) expect(text).not.toContain("Nothing answers");
});
