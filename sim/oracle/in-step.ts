import type { Tab } from "../tab/tab.ts";
import type { Fail } from "./violations.ts";

/**
 * Claim "in step": a tab that is up to date says so. Without Web Locks two silent tabs may keep their streams, and
 * one that is gone can look like them: for five minutes no third is opened, and the others ask the server instead.
 */
export function checkInStep(
  { id, open, page }: Tab,
  when: string,
  fail: Fail,
  othersSleep: boolean,
) {
  const { status, trouble } = open.sync;
  const mayLackStream = othersSleep && !("locks" in page.navigator);
  if (mayLackStream && status === "degraded" && trouble === "no-stream") return;
  if (status !== "live") fail("in step", `${when}: ${id} says ${status}: ${trouble}`);
}
