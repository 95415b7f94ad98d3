import type { Kysely } from "kysely";
import { changedFields } from "#api/rows/changed-fields.ts";
import type { HistoryEntry, HistoryPage } from "#contract/history.ts";
import type { Schema } from "./schema.ts";
import { toRow } from "./tables.ts";

/** Writes to an account before a revision, newest first, from the log: all of them, whoever made them. */
export async function readHistory(
  db: Kysely<Schema>,
  workspace: string,
  { accountId, before, limit }: { accountId: string; before: number; limit: number },
): Promise<HistoryPage> {
  const lines = await db
    .selectFrom("changes")
    .select(["rev", "op", "image", "former", "author", "at"])
    .where("workspace", "=", workspace)
    .where("resource", "=", "accounts")
    .where("id", "=", accountId)
    .where("rev", "<", before)
    .orderBy("rev", "desc")
    .limit(limit + 1)
    .execute();
  const entries = lines.slice(0, limit).map((line): HistoryEntry => {
    const { rev, op, author, at } = line;
    const [image, former] = [line.image, line.former].map((each) =>
      each ? toRow("accounts", each) : undefined,
    );
    const fields = op === "delete" ? changedFields(image, undefined) : changedFields(former, image);
    return {
      ...{ rev, op, authorId: author, at: at.toISOString() },
      // Changes that an earlier release logged do not tell.
      fields: op === "update" && !former ? {} : fields,
    };
  });
  return { entries, more: lines.length > limit };
}
