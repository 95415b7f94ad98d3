import { expect, test } from "vitest";
import { parseSource } from "./sources.ts";
import { substitute } from "./substitute.ts";

const ledger = `
export function createLedger(capacity = 2000) {
  const limit = capacity;
  function take(rev: number) {
    if (rev < 0) return null;
    return rev;
  }
  return {
    take,
    close: () => {
      if (limit > 0) return null;
      return 1;
    },
  };
}
`;

const feed = `
export function openFeed() {
  return {
    /** € is one character and three bytes. */
    close() {
      if (isOpen) return null;
    },
  };
}
`;

const sources = [parseSource("sync/ledger.ts", ledger), parseSource("sync/feed.ts", feed)];

function changed(within: string, search: string, text?: string) {
  const of = text === undefined ? sources : [parseSource("sync/moved.ts", text)];
  return substitute([{ within, search, replace: "CHANGED" }], of)[0];
}

const refused = (within: string, search: string, text?: string) => {
  try {
    return changed(within, search, text);
  } catch (error) {
    return (error as Error).message;
  }
};

test("code is found by its name, in whichever file it stands", () => {
  expect(changed("take", "rev < 0")).toEqual({
    path: "sync/ledger.ts",
    text: ledger.replace("rev < 0", "CHANGED"),
  });
  expect(changed("take", "rev < 0", ledger)?.path).toBe("sync/moved.ts");
});

test("only the code of that name is searched", () => {
  expect(changed("take", "return null;")?.text).toContain("if (rev < 0) CHANGED");
  expect(changed("createLedger > close", "return null;")?.text).toContain("(limit > 0) CHANGED");
});

test("parameters and consts belong to the code that they stand in", () => {
  expect(changed("createLedger", "capacity = 2000")?.text).toContain("createLedger(CHANGED)");
  expect(changed("limit", "capacity")?.text).toContain("const limit = CHANGED;");
});

test("another format, comments and trailing commas make no difference", () => {
  const text = `const act = () => {
    call(
      first,
      // Why.
      { second: [1, 2,], },
    );
  };`;
  for (const search of ["call(first, { second: [1, 2] });", "call( first,\n{second:[1,2]},);"])
    expect(changed("act", search, text)?.text).toMatch(/\{\s+CHANGED\s+\}/);
});

test("a comma at the end of the text is part of it", () => {
  const text = "const act = () => [first, second, third,];";
  const apply = (search: string) =>
    substitute([{ within: "act", search, replace: "" }], [parseSource("sync/moved.ts", text)])[0];
  expect(apply("second,")?.text).toContain("[first,  third,]");
  expect(apply("third,")?.text).toContain("second, ]");
});

test("a text is not found in a comment", () => {
  expect(refused("act", "here", "const act = () => { /* here */ };")).toContain("found 0 times");
});

test("a text that stands there twice or not at all is refused, with the place", () => {
  expect(refused("createLedger", "return null;")).toBe(
    "sync/ledger.ts, createLedger: expected exactly once, found 2 times:\nreturn null;",
  );
  expect(refused("take", "return undefined;")).toContain("found 0 times:\nreturn undefined;");
});

test("a name that several pieces of code have is refused, with all of them", () => {
  expect(refused("close", "return null;")).toBe(
    `"close" is not unique, name the code around it:
sync/ledger.ts: createLedger > close
sync/feed.ts: openFeed > close`,
  );
});

test("a name that no code has is refused", () => {
  expect(refused("openFeed > take", "return")).toBe(
    'No function, method or const is "openFeed > take"',
  );
});

test("several substitutions of one file are applied one after the other", () => {
  const changes = substitute(
    [
      { within: "take", search: "rev < 0", replace: "rev < 1" },
      { within: "createLedger", search: "rev < 1", replace: "rev < 2" },
      { within: "take", search: "rev < 2", replace: "rev < 3" },
    ],
    sources,
  );
  expect(changes).toEqual([{ path: "sync/ledger.ts", text: ledger.replace("rev < 0", "rev < 3") }]);
});
