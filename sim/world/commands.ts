import fc from "fast-check";
import { type NoiseLevels, noiseKinds } from "../models/noise.ts";
import type { PanelName } from "../tab/tab.ts";

/** How long something lasts, in milliseconds of the world. */
type Ms = number;

/** Until all else is over, and those who are awake have been judged. */
export const forGood: Ms = 1_000_000;

/** One thing that happens. A number chooses among what is there: tabs, rows, accounts. */
export type Command =
  | { readonly do: "wait"; readonly ms: Ms }
  | { readonly do: "pin"; readonly tab: number; readonly row: number }
  | { readonly do: "create note"; readonly tab: number; readonly place: number }
  | { readonly do: "edit note"; readonly tab: number; readonly row: number }
  | { readonly do: "delete note"; readonly tab: number; readonly row: number }
  | { readonly do: "edit account"; readonly tab: number; readonly fields: AccountFields }
  /** Takes a write back, or tries again what was refused. */
  | { readonly do: "take back" | "try again"; readonly tab: number; readonly entry: number }
  | { readonly do: "type" | "discard"; readonly tab: number; readonly subject: number }
  | { readonly do: "sign out" | "sign in"; readonly tab: number }
  | { readonly do: "load more"; readonly tab: number }
  | { readonly do: "select"; readonly tab: number }
  | { readonly do: "hide tab"; readonly tab: number; readonly ms: Ms }
  | { readonly do: "hide panel"; readonly tab: number; readonly panel: PanelName; readonly ms: Ms }
  | { readonly do: "freeze"; readonly tab: number; readonly ms: Ms; readonly lose: boolean }
  | { readonly do: "hang"; readonly tab: number; readonly ms: Ms }
  | { readonly do: "bfcache"; readonly tab: number; readonly ms: Ms }
  | { readonly do: "offline"; readonly tab: number; readonly ms: Ms }
  | { readonly do: "reload"; readonly tab: number }
  | { readonly do: "close"; readonly tab: number; readonly crash: boolean }
  | { readonly do: "open"; readonly account: number }
  | { readonly do: "outside"; readonly writes: readonly OutsideWrite[] }
  | {
      readonly do: "burst";
      readonly count: number;
      readonly every: Ms;
      readonly write: OutsideWrite;
    }
  | { readonly do: "server down"; readonly ms: Ms }
  | { readonly do: "restart"; readonly keepsLog: boolean; readonly ms: Ms }
  | { readonly do: "break feed" }
  | { readonly do: "file broken"; readonly ms: Ms }
  | { readonly do: "shout"; readonly what: number };

export type AccountFields = readonly ("name" | "notes")[];

export type OutsideWrite =
  | { readonly op: "pin"; readonly account: number; readonly row: number }
  | { readonly op: "retitle"; readonly account: number; readonly row: number }
  | {
      readonly op: "create";
      readonly account: number;
      readonly place: number;
      readonly big: boolean;
    }
  | { readonly op: "delete"; readonly account: number; readonly row: number }
  | {
      readonly op: "redate";
      readonly account: number;
      readonly row: number;
      readonly place: number;
    }
  | { readonly op: "give away"; readonly account: number; readonly row: number }
  | { readonly op: "rename"; readonly account: number }
  | { readonly op: "rename user" };

/** A run that can be repeated: what happens, and the seed of all that is left to chance. */
export interface Schedule {
  readonly seed: number;
  readonly tabs: number;
  readonly hasLocks: boolean;
  /** Changes that the server's log keeps. */
  readonly maxChanges: number;
  readonly noise: NoiseLevels;
  readonly commands: readonly Command[];
}

const tab = fc.nat(4);
const row = fc.oneof(fc.nat(3), fc.nat(30));
const account = fc.nat(1);
const short = fc.constantFrom(0, 1, 5, 20, 60, 150, 300);
const long = fc.constantFrom(5, 100, 400, 1500, 6000, 20_000);

const longOrForGood = fc.oneof(long, fc.constant(forGood));

const write: fc.Arbitrary<OutsideWrite> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant("pin"), account, row }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("retitle"), account, row }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant("create"),
      account,
      place: fc.nat(50),
      big: fc.nat(9).map((of) => of === 9),
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant("delete"), account, row }) },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("redate"), account, row, place: fc.nat(50) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("give away"), account, row }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant("rename"), account }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("rename user") }) },
);

const happening = {
  pin: fc.record({ do: fc.constant("pin"), tab, row }),
  write: fc.oneof(
    fc.record({ do: fc.constant("create note"), tab, place: fc.nat(50) }),
    fc.record({ do: fc.constant("edit note"), tab, row }),
    fc.record({ do: fc.constant("delete note"), tab, row }),
    fc.record({
      do: fc.constant("edit account"),
      tab,
      fields: fc.constantFrom<AccountFields>(["name"], ["notes"], ["name", "notes"]),
    }),
    fc.record({ do: fc.constantFrom("take back", "try again"), tab, entry: fc.nat(2) }),
    fc.record({ do: fc.constantFrom("type", "type", "discard"), tab, subject: fc.nat(3) }),
  ),
  more: fc.record({ do: fc.constant("load more"), tab }),
  select: fc.record({ do: fc.constant("select"), tab }),
  outside: fc.record({
    do: fc.constant("outside"),
    writes: fc.array(write, { minLength: 1, maxLength: 3 }),
  }),
  hide: fc.record({ do: fc.constant("hide tab"), tab, ms: longOrForGood }),
  panel: fc.record({
    do: fc.constant("hide panel"),
    tab,
    panel: fc.constantFrom<PanelName>("activity", "details", "accounts"),
    ms: long,
  }),
  rare: fc.oneof(
    fc.record({ do: fc.constant("freeze"), tab, ms: longOrForGood, lose: fc.boolean() }),
    fc.record({ do: fc.constant("hang"), tab, ms: long }),
    fc.record({ do: fc.constant("bfcache"), tab, ms: longOrForGood }),
    fc.record({ do: fc.constant("offline"), tab, ms: long }),
    fc.record({ do: fc.constant("reload"), tab }),
    fc.record({ do: fc.constant("close"), tab, crash: fc.boolean() }),
    fc.record({ do: fc.constant("open"), account }),
    fc.record({
      do: fc.constant("burst"),
      count: fc.constantFrom(5, 30, 90),
      every: fc.constantFrom(1, 4, 20),
      write,
    }),
    fc.record({ do: fc.constant("server down"), ms: long }),
    fc.record({ do: fc.constant("restart"), keepsLog: fc.boolean(), ms: short }),
    fc.record({ do: fc.constant("break feed") }),
    fc.record({ do: fc.constant("file broken"), ms: long }),
    fc.record({ do: fc.constant("shout"), what: fc.nat(20) }),
    fc.record({ do: fc.constantFrom("sign out", "sign in", "sign in"), tab }),
  ),
} as const;

const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("wait"), ms: short }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait"), ms: long }) },
  { weight: 4, arbitrary: happening.pin },
  { weight: 4, arbitrary: happening.write },
  { weight: 2, arbitrary: happening.more },
  { weight: 1, arbitrary: happening.select },
  { weight: 5, arbitrary: happening.outside },
  { weight: 2, arbitrary: happening.hide },
  { weight: 2, arbitrary: happening.panel },
  { weight: 3, arbitrary: happening.rare },
) as fc.Arbitrary<Command>;

const level = fc.constantFrom(0 as const, 0 as const, 1 as const, 2 as const);
const noise = fc.record(
  Object.fromEntries(noiseKinds.map((kind) => [kind, level])),
) as unknown as fc.Arbitrary<NoiseLevels>;

/** All runs there are. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.noShrink(fc.nat(2 ** 31)),
  tabs: fc.integer({ min: 2, max: 4 }),
  hasLocks: fc.nat(5).map((of) => of !== 5),
  maxChanges: fc.constantFrom(60, 20),
  noise,
  commands: fc.array(command, { maxLength: 40, size: "max" }),
});
