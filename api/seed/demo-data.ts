import { type SeedAccount, seedAccounts, seedUsers } from "./accounts.ts";
import { createRandom, type Random } from "./random.ts";
import { seedTasks } from "./tasks.ts";
import { seedText } from "./texts.ts";

const end = Date.parse("2026-11-20T00:00:00.000Z");
const dayMs = 24 * 60 * 60 * 1000;
const activityCount = 3_200;
/** The first account has far more activities than a page shows; the last has none. */
const busiest = 640;

const weights = { note: 3, call: 3, email: 4, meeting: 2, invoice: 2, ticket: 3, usage: 2 };

/** Each kind as often as its weight. */
const kinds = Object.entries(weights).flatMap(([kind, weight]) => Array<string>(weight).fill(kind));

/** The contents of `db.json`: a plausible year of a small company's customers. The same seed gives the same bytes. */
export function createSeedText(seed = 2026): string {
  const random = createRandom(seed);
  const accounts = seedAccounts(random, end);
  const activities = seedActivities(random, accounts);
  const tasks = seedTasks(random, accounts, end);
  const data = { users: seedUsers, accounts, activities, tasks };
  return `${JSON.stringify(data, null, 2)}\n`;
}

function seedActivities(random: Random, accounts: readonly SeedAccount[]) {
  const taken = new Set<number>();
  const planned = distribute(random, accounts).flatMap(({ account, count }) =>
    Array.from({ length: count }, () => ({ account, at: pickTime(random, account, taken) })),
  );
  planned.sort((a, b) => a.at - b.at);
  return planned.map(({ account, at }, index) => {
    const kind = random.pick(kinds);
    const { title, body, byPerson } = seedText(random, kind, account.name, index);
    const author = random.chance(0.6) ? account.ownerId : random.pick(seedUsers).id;
    return {
      id: `act-${String(index + 1).padStart(4, "0")}`,
      accountId: account.id,
      kind,
      title: title.charAt(0).toUpperCase() + title.slice(1),
      ...(body !== undefined && { body }),
      at: new Date(at).toISOString(),
      pinned: random.chance(0.04),
      authorId: byPerson ? author : null,
    };
  });
}

/** A long tail: the n-th account has about 1/n of the activities of the second. */
function distribute(random: Random, accounts: readonly SeedAccount[]) {
  const [first, ...others] = accounts;
  if (!first) return [];
  const ranked = random.shuffle(others.slice(0, -1));
  const weights = ranked.map((_account, index) => 1 / (index + 2));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = activityCount - busiest;
  const shares = ranked.map((account, index) => {
    const count = Math.max(1, Math.floor((rest * (weights[index] ?? 0)) / whole));
    return { account, count };
  });
  const missing = rest - shares.reduce((sum, { count }) => sum + count, 0);
  return [
    { account: first, count: busiest },
    ...shares.map((share, index) => ({ ...share, count: share.count + (index < missing ? 1 : 0) })),
  ];
}

/** A time in working hours, mostly on working days, after the account joined; never the same second twice. */
function pickTime(random: Random, account: SeedAccount, taken: Set<number>): number {
  const start = Math.max(Date.parse(`${account.since}T00:00:00.000Z`), end - 365 * dayMs);
  const days = Math.floor((end - start) / dayMs);
  for (;;) {
    const day = start + random.int(0, days - 1) * dayMs;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    if (isWeekend && !random.chance(0.05)) continue;
    const at = day + random.int(7 * 3_600, 18 * 3_600) * 1_000;
    if (taken.has(at)) continue;
    taken.add(at);
    return at;
  }
}
