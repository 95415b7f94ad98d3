import fc from "fast-check";
import { type NoiseLevels, noiseKinds } from "../models/noise.ts";
import type { PanelName } from "../tab/tab.ts";
import {
  type Command,
  type EditedFields,
  forGood,
  type OutsideWrite,
  type Schedule,
} from "./schedule.ts";

const tab = fc.nat(4);
const row = fc.oneof(fc.nat(3), fc.nat(30));
const account = fc.nat(1);
const short = fc.constantFrom(0, 1, 5, 20, 60, 150, 300);
const long = fc.constantFrom(5, 100, 400, 1500, 6000, 20_000);

const longOrForGood = fc.oneof(long, fc.constant(forGood));
/** Some outlast what a leader, a stream or a request may be silent. */
const lasting = fc.constantFrom(400, 6000, 20_000, 50_000);
const lastingOrForGood = fc.oneof(lasting, fc.constant(forGood));

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
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant("change account"), of: fc.nat(7), what: fc.nat(20) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant("create account"), what: fc.nat(20) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("delete account"), of: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("create task"), account, day: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: fc.record({ op: fc.constant("change task"), row: fc.nat(5), day: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant("delete task"), row: fc.nat(5) }) },
);

const happening = {
  pin: fc.record({ do: fc.constant("pin"), tab, row }),
  write: fc.oneof(
    fc.record({ do: fc.constant("create note"), tab, place: fc.nat(50) }),
    fc.record({ do: fc.constant("edit note"), tab, row }),
    fc.record({ do: fc.constant("delete note"), tab, row }),
    fc.record({ do: fc.constant("create task"), tab, day: fc.nat(3) }),
    fc.record({ do: fc.constant("rename task"), tab, row: fc.nat(3) }),
    fc.record({ do: fc.constant("complete task"), tab, row: fc.nat(3) }),
    fc.record({ do: fc.constant("delete task"), tab, row: fc.nat(3) }),
    fc.record({
      do: fc.constant("edit account"),
      tab,
      fields: fc.constantFrom<EditedFields>(
        ["name"],
        ["notes"],
        ["name", "notes"],
        ["mrr"],
        ["renewalDate"],
        ["mrr", "renewalDate"],
      ),
    }),
    fc.record({ do: fc.constant("create account"), tab, what: fc.nat(3) }),
    fc.record({ do: fc.constant("delete account"), tab, row: fc.nat(8) }),
    fc.record({ do: fc.constantFrom("take back", "try again"), tab, entry: fc.nat(2) }),
    fc.record({ do: fc.constantFrom("type", "type", "discard"), tab, subject: fc.nat(3) }),
  ),
  bulk: fc.record({
    do: fc.constant("bulk"),
    tab,
    what: fc.constantFrom("pin", "unpin", "delete", "complete", "assign"),
    rows: fc.array(fc.nat(8), { minLength: 2, maxLength: 6 }),
  }),
  more: fc.record({ do: fc.constant("load more"), tab }),
  select: fc.record({ do: fc.constant("select"), tab }),
  filter: fc.record({ do: fc.constant("filter"), tab, filter: fc.nat(5) }),
  list: fc.oneof(
    fc.record({ do: fc.constant("list accounts"), tab, list: fc.nat(11) }),
    fc.record({ do: fc.constant("more accounts"), tab }),
  ),
  outside: fc.record({
    do: fc.constant("outside"),
    writes: fc.array(write, { minLength: 1, maxLength: 3 }),
  }),
  hide: fc.record({ do: fc.constant("hide tab"), tab, ms: longOrForGood }),
  panel: fc.record({
    do: fc.constant("hide panel"),
    tab,
    panel: fc.constantFrom<PanelName>("activity", "details", "accounts", "tasks"),
    ms: long,
  }),
  overview: fc.record({ do: fc.constant("show overview"), tab, ms: long }),
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
    fc.record({
      do: fc.constant("set clock"),
      by: fc.constantFrom(-31_536_000_000, -86_400_000, -60_000, -1, 60_000, 31_536_000_000),
    }),
  ),
  silence: fc.oneof(
    fc.record({ do: fc.constant("wedge"), tab, ms: lastingOrForGood }),
    fc.record({ do: fc.constant("lying flag"), tab, ms: lasting }),
    fc.record({ do: fc.constant("silent feed") }),
    fc.record({ do: fc.constantFrom("buffered feed", "unanswered"), ms: lasting }),
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
  { weight: 1, arbitrary: happening.overview },
  { weight: 3, arbitrary: happening.rare },
  { weight: 1, arbitrary: happening.silence },
  { weight: 1, arbitrary: happening.filter },
  { weight: 2, arbitrary: happening.list },
  { weight: 2, arbitrary: happening.bulk },
) as fc.Arbitrary<Command>;

const level = fc.constantFrom(0 as const, 0 as const, 1 as const, 2 as const);
const noise = fc.record(
  Object.fromEntries(noiseKinds.map((kind) => [kind, level])),
) as unknown as fc.Arbitrary<NoiseLevels>;

const takenBack = fc.record({
  after: fc.nat(40),
  tab,
  how: fc.constantFrom("undo", "undo", "and again", "changed since"),
});
type TakenBack = typeof takenBack extends fc.Arbitrary<infer T> ? T : never;

/** What is done in a tab and taken back, in the midst of everything else. */
function storyOf({ tab, how }: TakenBack): readonly Command[] {
  const undo = { do: "undo", tab } as const;
  if (how === "undo") return [undo];
  if (how === "and again") return [undo, { do: "redo", tab }];
  return [
    { do: "create note", tab, place: 50 },
    { do: "wait", ms: 400 },
    { do: "outside", writes: [0, 1].map((account) => ({ op: "retitle", account, row: 0 })) },
    { do: "wait", ms: 5 },
    undo,
  ];
}

function withStories(commands: readonly Command[], stories: readonly TakenBack[]) {
  const all = [...commands];
  for (const story of stories) all.splice(story.after % (all.length + 1), 0, ...storyOf(story));
  return all;
}

/** All schedules there are, to be drawn by fast-check. The order of the draws is part of every seed. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    seed: fc.noShrink(fc.nat(2 ** 31)),
    tabs: fc.integer({ min: 2, max: 4 }),
    hasLocks: fc.nat(5).map((of) => of !== 5),
    maxChanges: fc.constantFrom(60, 20),
    noise,
    commands: fc.array(command, { maxLength: 40, size: "max" }),
    // Drawn last, so that the seeds from before there was an undo play as they did.
    stories: fc.array(takenBack, { maxLength: 3, size: "max" }),
  })
  .map(({ stories, commands, ...rest }) => ({
    ...rest,
    commands: withStories(commands, stories),
  }));
