import type { SeedAccount } from "./accounts.ts";
import type { Random } from "./random.ts";

const dayMs = 24 * 60 * 60 * 1000;

const titles = [
  "Send the renewal draft",
  "Book the quarterly review",
  "Ask for a new sponsor",
  "Answer the open question on single sign-on",
  "Share the training recording",
  "Check usage after the rollout",
  "Prepare the price comparison",
  "Introduce the support lead",
  "Collect feedback on the last release",
  "Confirm the billing contact",
  "Follow up on the import error",
  "Agree on goals for next quarter",
];

/** Some tasks for each account that pays or may pay, due from two weeks before `end` to six weeks after it. */
export function seedTasks(random: Random, accounts: readonly SeedAccount[], end: number) {
  const planned = accounts.flatMap((account) =>
    account.status === "churned"
      ? []
      : random
          .shuffle(titles)
          .slice(0, random.int(0, account.plan === "Enterprise" ? 4 : 2))
          .map((title) => ({ account, title })),
  );
  return planned.map(({ account, title }, index) => {
    const due = end + random.int(-14, 42) * dayMs;
    const createdAt =
      Math.min(due, end) - random.int(5, 30) * dayMs + random.int(28_800, 61_200) * 1e3;
    const done = due < end ? random.chance(0.7) : random.chance(0.1);
    const doneAt = Math.min(due, end) - random.int(1, 4) * dayMs + random.int(28_800, 61_200) * 1e3;
    return {
      id: `tsk-${String(index + 1).padStart(3, "0")}`,
      accountId: account.id,
      title,
      dueDate: random.chance(0.9) ? new Date(due).toISOString().slice(0, 10) : null,
      assigneeId: random.chance(0.8) ? account.ownerId : random.pick(["usr-5", "usr-6", null]),
      done,
      createdAt: new Date(createdAt).toISOString(),
      ...(done && { doneAt: new Date(doneAt).toISOString() }),
      authorId: account.ownerId,
    };
  });
}
