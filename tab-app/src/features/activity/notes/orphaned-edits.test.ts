import { expect, test } from "vitest";
import { adoptEdit, orphanedEdits } from "./orphaned-edits.ts";
import { memoryDrafts } from "./testing/memory-drafts.ts";

const edit = (at?: string) => ({
  base: { version: 3, fields: { title: "Called", body: "" } },
  text: "Called back",
  ...(at && { at }),
});
const rows = [
  { id: "act-3", at: "2026-11-20T09:00:00.000Z" },
  { id: "act-1", at: "2026-11-10T09:00:00.000Z" },
];

test("an edit is orphaned when its note should be among the loaded rows and is not", async () => {
  const drafts = await memoryDrafts();
  drafts.put("note/acc-1", { text: "New" });
  drafts.put("note/acc-1/act-1", edit("2026-11-10T09:00:00.000Z"));
  drafts.put("note/acc-1/act-2", edit("2026-11-15T09:00:00.000Z"));
  drafts.put("note/acc-1/act-0", edit("2026-11-01T09:00:00.000Z"));
  drafts.put("note/acc-2/act-2", edit());

  const orphans = (hasMore: boolean) =>
    orphanedEdits(drafts.all, "acc-1", { rows, hasMore })
      .map(({ subject }) => subject)
      .sort();
  expect(orphans(true)).toEqual(["note/acc-1/act-2"]);
  expect(orphans(false)).toEqual(["note/acc-1/act-0", "note/acc-1/act-2"]);
});

test("its text moves to the composer as soon as that is empty", async () => {
  const drafts = await memoryDrafts();
  drafts.put("note/acc-1/act-2", edit());
  const [orphan] = drafts.all;
  if (!orphan) throw new Error("There is a draft");
  drafts.put("note/acc-1", { text: "New" });
  expect(adoptEdit(drafts, "acc-1", orphan)).toBe(false);

  drafts.remove("note/acc-1");
  expect(adoptEdit(drafts, "acc-1", orphan)).toBe(true);
  expect(drafts.all).toHaveLength(1);
  expect(drafts.get("note/acc-1")?.value).toMatchObject({ text: "Called back" });
});
