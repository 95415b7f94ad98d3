import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRemotesFile, pageOrigins } from "./remotes-file.ts";
import { SettingsError } from "./settings-error.ts";

const app = {
  name: "tabApp",
  title: "Accounts",
  manifest: "/m.json",
  module: "mount",
  contract: [1, 2],
};
const other = { name: "other", title: "Other", page: "http://other.test:1/pane", contract: [1, 1] };

function setUp(content: unknown) {
  const folder = mkdtempSync(join(tmpdir(), "tandem-remotes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "remotes.json");
  const write = (content: unknown) =>
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  write(content);
  const reports: string[] = [];
  const open = () => openRemotesFile(file, (text) => reports.push(text));
  const names = (shell = "http://shell.test") =>
    opened.read(shell).remotes.map((remote) => remote.name);
  const opened = open();
  return { write, opened, names, reports };
}

test("an edit of the manifest holds from the next page on, without a restart", () => {
  const { write, names, opened } = setUp([app]);
  expect(names()).toEqual(["tabApp"]);
  write([app, other]);
  expect(names()).toEqual(["tabApp", "other"]);
  expect(pageOrigins(opened.read("http://shell.test"))).toEqual(["http://other.test:1"]);
});

test("a manifest that breaks while it is served is reported once, and the last that could be used holds", () => {
  const { write, names, reports } = setUp([app]);
  for (const broken of ["{", "[]", [{ name: "bad" }]]) {
    write(broken);
    names();
    expect(names()).toEqual(["tabApp"]);
  }
  expect(reports).toHaveLength(3);
  expect(reports[1]).toMatch(/remotes\.json offers no remote$/);
});

test.each(["", "{}", "[]", "[1]", "[{"])(
  "a server whose manifest is %j does not start, and says which file it is",
  (content) => {
    expect(() => setUp(content)).toThrow(SettingsError);
    expect(() => setUp(content)).toThrow(/remotes\.json/);
  },
);

test("a bad line is reported at the start, and the others are served", () => {
  const { names, reports } = setUp([{ ...app, title: "" }, other]);
  expect(names()).toEqual(["other"]);
  expect(reports).toEqual([
    expect.stringMatching(/remotes\.json: tabApp: title is missing or not/),
  ]);
});
