import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newestCommon } from "./contract-range.ts";
import { paneContract } from "./pane.ts";
import { parseRemotes } from "./remotes.ts";

const federated = {
  name: "notes",
  title: "Notes",
  manifest: "/notes/mf-manifest.json",
  module: "mount",
  contract: [1, 2],
};
const { manifest: _, module: __, ...rest } = federated;
const ownPage = { ...rest, name: "own", page: "https://other.test/pane.html" };
const parse = (...lines: unknown[]) => parseRemotes(JSON.stringify(lines), "https://shell.test");
const faultOf = (line: unknown) => parse(line).faults.join();

describe("the manifest of remotes", () => {
  it("is, as it comes with Tandem, without a fault", () => {
    const { remotes, faults } = parseRemotes(readFileSync("remotes.json", "utf8"));
    expect(faults).toEqual([]);
    expect(remotes[0]).toMatchObject({ name: "tabApp", title: "Accounts" });
  });

  it("allows nothing that a line does not name", () => {
    const { remotes, faults } = parse(federated, ownPage);
    expect(faults).toEqual([]);
    expect(remotes).toEqual(
      [federated, ownPage].map((line) => ({ ...line, sandbox: [], allow: [] })),
    );
  });

  it("costs a wrong line that remote, with words that name it, and keeps the others", () => {
    const { remotes, faults } = parse({ ...federated, contract: [2, 1] }, 7, ownPage);
    expect(remotes.map(({ name }) => name)).toEqual(["own"]);
    expect(faults).toEqual([
      "notes: contract is missing or not what it should be",
      "Line 2: the line is missing or not what it should be",
    ]);
  });

  it.each([
    [{ ...federated, manifest: undefined }, /^notes: manifest is missing/],
    [{ ...federated, manifest: "//evil.test/m.json" }, /^notes: manifest/],
    [{ ...federated, manifest: "https://evil.test/m.json" }, /^notes: manifest/],
    [{ ...federated, name: "a b" }, /^Line 1: name/],
    [{ ...federated, sandbox: ["allow-top-navigation"] }, /^notes: sandbox\.0/],
    [{ ...federated, allow: ["camera *"] }, /^notes: allow\.0/],
    [{ ...federated, alow: [] }, /^notes: unknown alow/],
    [
      { ...federated, contract: [3, 4] },
      /^notes: it speaks contract 3 to 4, and this shell 1 to 2/,
    ],
    [{ ...ownPage, module: "mount" }, /^own: unknown module/],
    [{ ...ownPage, page: "javascript:alert(1)" }, /^own: page/],
    [{ ...ownPage, page: "https://[" }, /^own: page/],
    [{ ...ownPage, page: "https://shell.test/x" }, /^own: page is of the shell's own origin/],
    [{ ...ownPage, page: "http://other.test/x" }, /^own: page is http, and browsers show/],
  ])("says of %j what is wrong with it", (line, words) => {
    expect(faultOf(line)).toMatch(words);
    expect(parse(line).remotes).toEqual([]);
  });

  it("has each name once, and the first line of a name holds", () => {
    const { remotes, faults } = parse(federated, { ...ownPage, name: "notes" });
    expect(remotes).toHaveLength(1);
    expect(faults).toEqual(["notes: the name is taken by a line above"]);
  });

  it("makes of any junk a list, each line of which is a remote or a fault", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.jsonValue(), fc.constant(federated)), { maxLength: 60 }),
        (lines) => {
          const { remotes, faults } = parse(...lines);
          expect(remotes.length + faults.length).toBe(
            Math.min(lines.length, 50) + Number(lines.length > 50),
          );
        },
      ),
    );
  });
});

describe("the version that holds", () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.nat(4))
    .map(([oldest, more]) => ({ oldest, newest: oldest + more }));

  it("is the newest that all sides speak, and none where there is no such", () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), (ranges) => {
        const all = Array.from({ length: 14 }, (_, at) => at);
        const common = all.filter((version) =>
          ranges.every(({ oldest, newest }) => oldest <= version && version <= newest),
        );
        expect(newestCommon(...ranges)).toBe(common.at(-1) ?? null);
      }),
    );
  });

  it("is 1 with a pane of before, which names no range", () => {
    expect(newestCommon(paneContract, { oldest: 1, newest: 1 })).toBe(1);
  });
});
