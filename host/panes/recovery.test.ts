import { expect, it, vi } from "vitest";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import { createRecovery } from "./recovery.ts";

function setUp() {
  const clock = createFakeClock();
  const restart = vi.fn();
  return { clock, restart, recovery: createRecovery({ clock, restart }) };
}

it("restarts three times, each after a longer wait, and then leaves it to the user", async () => {
  const { clock, restart, recovery } = setUp();
  for (const [at, wait] of [1000, 5000, 20_000].entries()) {
    expect(recovery.failed()).toBe(true);
    await clock.pass(wait - 1);
    expect(restart).toHaveBeenCalledTimes(at);
    await clock.pass(1);
    expect(restart).toHaveBeenCalledTimes(at + 1);
  }
  expect(recovery.failed()).toBe(false);
  await clock.pass(600_000);
  expect(restart).toHaveBeenCalledTimes(3);
  recovery.reset();
  expect(recovery.failed()).toBe(true);
});

it("restarts no pane that works again before the wait is over", async () => {
  const { clock, restart, recovery } = setUp();
  recovery.failed();
  recovery.works();
  await clock.pass(600_000);
  recovery.failed();
  recovery.stop();
  await clock.pass(600_000);
  expect(restart).not.toHaveBeenCalled();
});

it("counts the restarts of a pane that works for less than a minute between them", async () => {
  const { clock, recovery } = setUp();
  const failsAfter = async (ms: number) => {
    recovery.works();
    await clock.pass(ms);
    const isDue = recovery.failed();
    await clock.pass(30_000);
    return isDue;
  };
  expect([await failsAfter(59_000), await failsAfter(10), await failsAfter(10)]).toEqual([
    true,
    true,
    true,
  ]);
  expect(await failsAfter(59_000)).toBe(false);
  expect(await failsAfter(60_000)).toBe(true);
  expect(recovery.tried).toBe(1);
});
