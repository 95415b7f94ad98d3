import { accountIds } from "../models/seed.ts";
import type { Violation } from "../oracle/violations.ts";
import type { Realms } from "../tab/realms.ts";
import { isInView } from "./browser.ts";
import { createBrowserActs } from "./browser-acts.ts";
import { calmAndJudge } from "./calm-and-judge.ts";
import { createOutsideActs } from "./outside-acts.ts";
import type { Acts, CommandName, CommandOf, Schedule } from "./schedule.ts";
import { createServerActs } from "./server-acts.ts";
import { createUserActs } from "./user-acts.ts";
import { createWorld } from "./world.ts";

export interface Outcome {
  readonly violations: readonly Violation[];
  /** How often each kind of fault and act really happened. */
  readonly coverage: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly events: number;
}

/** Plays one schedule from beginning to end, calms the world, and has the oracle judge it. */
export async function playSchedule(
  schedule: Schedule,
  realms: Realms,
  print: (line: string) => void = () => {},
): Promise<Outcome> {
  const world = createWorld(schedule, realms, print);
  const { clock, browser, oracle, coverage, log, onError } = world;
  const acts: Acts<Exclude<CommandName, "wait">> = {
    ...createUserActs(world),
    ...createBrowserActs(world),
    ...createOutsideActs(world),
    ...createServerActs(world),
  };

  async function carryOut<Name extends Exclude<CommandName, "wait">>(command: CommandOf<Name>) {
    log(`-- ${JSON.stringify(command)}`);
    oracle.disturbed();
    clock.after(0, null, () => acts[command.do](command));
    await clock.advance(0);
  }

  // A rejection that is not handled is an error in a browser's console.
  process.on("unhandledRejection", onError);
  const lookAround = () => {
    oracle.lookAround(browser.tabs.filter(isInView));
    clock.after(1000, null, lookAround);
  };
  lookAround();
  for (let at = 0; at < schedule.tabs; at++) browser.open(accountIds[at === 2 ? 1 : 0] ?? "a");
  await clock.advance(40);
  for (const command of schedule.commands) {
    if (command.do === "wait") await clock.advance(command.ms);
    else await carryOut(command);
  }
  await calmAndJudge(world);
  for (const tab of browser.tabs) browser.end(tab, "crashed");
  await clock.advance(100);
  process.off("unhandledRejection", onError);
  return {
    violations: oracle.violations,
    coverage,
    requests: oracle.requests,
    events: clock.count,
  };
}
