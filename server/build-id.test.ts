import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createBuildId } from "./build-id.ts";

function makeBuild(files: Readonly<Record<string, string>>) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-build-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { folder, write };
}

const files = {
  "index.html": "<title>Tandem</title>",
  "index.html.br": "packed",
  "assets/tab-1a2b.js": "export {}",
  ".vite/manifest.json": "{}",
};

test("two builds of the same files have one id, however they are compressed", () => {
  const one = makeBuild(files);
  const other = makeBuild({ ...files, "index.html.br": "packed better" });
  const id = createBuildId([one.folder]).read();
  expect(id).toMatch(/^[\w-]{12}$/);
  expect(createBuildId([other.folder]).read()).toBe(id);
});

test.each([
  ["a file with a hash in its name", "assets/tab-9z8y.js", "export {}"],
  ["the content of a file without one", "index.html", "<title>Tandem 2</title>"],
])("%s makes another id", (_, name, text) => {
  const { folder, write } = makeBuild(files);
  const before = createBuildId([folder]).read();
  write(name, text);
  expect(createBuildId([folder]).read()).not.toBe(before);
});

test("the disk is asked every two seconds, and whenever a page is served", () => {
  const { folder, write } = makeBuild(files);
  let time = 0;
  const id = createBuildId([folder], () => time);
  const first = id.recent();
  write("index.html", "new");
  time = 1_999;
  expect(id.recent()).toBe(first);
  time = 2_000;
  const second = id.recent();
  expect(second).not.toBe(first);
  write("index.html", "newer");
  const third = id.read();
  expect(third).not.toBe(second);
  expect(id.recent()).toBe(third);
});

test("while a build is being made, the id of the last one stands", () => {
  const { folder } = makeBuild(files);
  const id = createBuildId([folder]);
  const before = id.read();
  fs.rmSync(folder, { recursive: true });
  expect(id.read()).toBe(before);
  expect(createBuildId([folder]).read()).toBeNull();
});
