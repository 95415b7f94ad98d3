import { describe, expect, it } from "vitest";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import { createHeartbeat, type Pulse } from "./heartbeat.ts";

describe("the heartbeat", () => {
  it("sends no ping and counts no silence while the shell is not visible", async () => {
    const clock = createFakeClock();
    const pulses: Pulse[] = [];
    let asked = 0;
    let watching = false;
    createHeartbeat({
      clock,
      watching: () => watching,
      onPulse: (pulse) => pulses.push(pulse),
      ping() {
        asked += 1;
        return new Promise(() => {});
      },
    });
    await clock.pass(60_000);
    expect([asked, pulses]).toEqual([0, []]);
    watching = true;
    await clock.pass(60_000);
    expect(pulses).toEqual(["hanging", "stopped"]);
    expect(asked).toBe(1);
  });

  it("counts no silence while its own ticks come late: the machine is busy", async () => {
    const clock = createFakeClock();
    const pulses: Pulse[] = [];
    clock.delay(600);
    createHeartbeat({
      clock,
      onPulse: (pulse) => pulses.push(pulse),
      ping: () => new Promise(() => {}),
    });
    await clock.pass(60_000);
    expect(pulses).toEqual([]);
    clock.delay(100);
    await clock.pass(9_000);
    expect(pulses).toEqual(["hanging", "stopped"]);
  });
});
