import { type Condition, holdLockWhile, type Locks } from "../platform/locks.ts";

/** Makes this tab a candidate while a condition holds. `onHeld` is called when it is elected; what that returns, when it no longer is. Returns the undo. */
export type Election = (condition: Condition, onHeld: () => () => void) => () => void;

/** Web Locks elect: the browser ends the term of a tab that is closed or crashes. */
export const byLock =
  (name: string, locks: Locks): Election =>
  (condition, onHeld) =>
    holdLockWhile(condition, name, { locks, onHeld });

/** No tab is elected. */
export const never: Election = () => () => {};
