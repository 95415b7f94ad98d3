import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change } from "./change.ts";
import { assertName, type Message, protocolVersion, readMessage as read } from "./message.ts";

const change: Change = {
  rev: 3,
  resource: "activities",
  id: "act-1",
  op: "update",
  version: 3,
  parents: { accountId: "acc-05" },
  row: {},
};
const body: Message = { from: "Tab-A_1", type: "changes", epoch: "e1", changes: [change] };
const message = { tandem: protocolVersion, ...body };
const readMessage = (value: unknown) => read("tandem", value);

describe("readMessage", () => {
  test("reads what a tab of this version sends", () => {
    expect(readMessage(structuredClone(message))).toEqual({ kind: "message", message: body });
  });

  test("any value at all is junk, without a throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(readMessage(value)).toEqual({ kind: "junk" });
      }),
    );
  });

  test.each([
    ["a revision that is no integer", { ...message, changes: [{ ...change, rev: 1.5 }] }],
    ["an unknown operation", { ...message, changes: [{ ...change, op: "drop" }] }],
    ["a row that is no object", { ...message, changes: [{ ...change, row: [1] }] }],
    ["a parent that is no id", { ...message, changes: [{ ...change, parents: { a: 5 } }] }],
    [
      "a row with any number of parents",
      { ...message, changes: [{ ...change, parents: { ...Array(17).fill("a") } }] },
    ],
    ["a strange epoch", { ...message, epoch: "../e" }],
    ["a hundred thousand changes", { ...message, changes: Array(100_000).fill({ rev: 1 }) }],
    ["a type of no known kind", { ...message, type: "reload" }],
    ["a message of an app of another name", { other: protocolVersion, ...body }],
  ])("%s is junk", (_, value) => {
    expect(readMessage(value).kind).toBe("junk");
  });

  test("a write to a server that keeps no log needs no revision and no parents", () => {
    const { resource, id, op } = change;
    const unlogged = { from: "a", type: "unlogged", changes: [{ resource, id, op }] };
    expect(readMessage({ tandem: protocolVersion, ...unlogged })).toEqual({
      kind: "message",
      message: unlogged,
    });
  });

  test("a name that is a field of the messages is refused", () => {
    expect(() => assertName("data")).toThrow(RangeError);
    expect(() => assertName("tandem")).not.toThrow();
  });

  test("a tab of another version is noticed, whatever it sends", () => {
    expect(readMessage({ tandem: 2, from: "Tab-B_2", say: "anything" })).toEqual({
      kind: "foreign",
      from: "Tab-B_2",
      version: 2,
    });
  });
});
