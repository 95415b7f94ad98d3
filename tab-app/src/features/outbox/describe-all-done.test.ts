import { expect, test } from "vitest";
import type { Write } from "#data/outbox/writes.ts";
import { describeAllDone } from "./describe-all-done.ts";

const pin = (id: string, pinned = true): Write => ({
  ...{ type: "pin", key: id, id, accountId: "acc-1", title: id, pinned },
});

test("what was done together is counted, and named where it is of one kind", () => {
  expect(describeAllDone([pin("a"), pin("b")])).toBe("2 activities pinned");
  expect(describeAllDone([pin("a", false), pin("b", false)])).toBe("2 activities unpinned");
  expect(describeAllDone([pin("a"), pin("b", false)])).toBe("2 changes");
});
