import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Message, protocolVersion, readMessage } from "./message.ts";

const message: Message = {
  tandem: protocolVersion,
  from: "Tab-A_1",
  type: "changes",
  epoch: "e1",
  changes: [
    { rev: 3, resource: "activities", id: "act-1", op: "update", version: 3, parents: {}, row: {} },
  ],
};

describe("readMessage", () => {
  test("reads what a tab of this version sends", () => {
    expect(readMessage(structuredClone(message))).toEqual({ kind: "message", message });
  });

  test("any value at all is junk, without a throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(readMessage(value)).toEqual({ kind: "junk" });
      }),
    );
  });

  test.each([
    [
      "a revision that is no integer",
      { ...message, changes: [{ ...message.changes[0], rev: 1.5 }] },
    ],
    ["an unknown operation", { ...message, changes: [{ ...message.changes[0], op: "drop" }] }],
    ["a row that is no object", { ...message, changes: [{ ...message.changes[0], row: [1] }] }],
    ["a strange epoch", { ...message, epoch: "../e" }],
    ["a hundred thousand changes", { ...message, changes: Array(100_000).fill({ rev: 1 }) }],
    ["a type of no known kind", { ...message, type: "reload" }],
  ])("%s is junk", (_, value) => {
    expect(readMessage(value).kind).toBe("junk");
  });

  test("a tab of another version is noticed, whatever it says", () => {
    expect(readMessage({ tandem: 2, from: "Tab-B_2", say: "anything" })).toEqual({
      kind: "foreign",
      from: "Tab-B_2",
      version: 2,
    });
  });
});
