import type { Tab } from "../tab/tab.ts";
import type { Fail } from "./violations.ts";

/** Claim "in step": a tab that is up to date says so. */
export function checkInStep({ id, open }: Tab, when: string, fail: Fail) {
  const { status, trouble } = open.sync;
  if (status !== "live") fail("in step", `${when}: ${id} says ${status}: ${trouble}`);
}
