import type { Tab } from "../tab/tab.ts";
import type { Fail } from "./violations.ts";

/** Claim "settled": where every request is answered, a write that is not confirmed was refused. */
export function checkSettled(tabs: readonly Tab[], when: string, fail: Fail) {
  for (const { id, open } of tabs)
    for (const { write, state, error } of open.data.outbox.entries) {
      const isOver = state === "failed" || state === "conflict";
      if (!isOver || !/^(ApiE|ConflictE)/.test(`${error?.name}`))
        fail("settled", `${when}: ${id} has a ${write.type} that is ${state}: ${error}`);
    }
}
