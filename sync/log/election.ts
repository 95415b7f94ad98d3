import { type Condition, holdLockWhile, type Locks } from "../platform/locks.ts";

/** Makes this tab a candidate. `onHeld` is called when it is elected; what that returns, when it no longer is. Returns the undo. */
export type Election = (onHeld: () => () => void) => () => void;

/** Web Locks elect while the condition holds: the browser ends the term of a tab that is closed or crashes. */
export const byLock =
  (name: string, locks: Locks, condition: Condition): Election =>
  (onHeld) =>
    holdLockWhile(condition, name, { locks, onHeld });

/** No tab is elected. */
export const never: Election = () => () => {};
