import type { Clock } from "#host/shared/clock.ts";

/** What a pane may send at once. */
const burst = 100;
/** What it may send in the long run. Chromium takes 20 changes of the URL per second, for all panes together. */
const perSecond = 10;

export const budgetWords = `more than ${burst} messages at once, or ${perSecond} per second`;

/** Counts the messages of a pane. */
export interface MessageBudget {
  /** False where the pane has sent more than it may. */
  spend(): boolean;
}

export function createMessageBudget(clock: Pick<Clock, "now">): MessageBudget {
  let left = burst;
  let counted = clock.now();
  return {
    spend() {
      const now = clock.now();
      left = Math.min(burst, left + ((now - counted) / 1000) * perSecond) - 1;
      counted = now;
      return left >= 0;
    },
  };
}
