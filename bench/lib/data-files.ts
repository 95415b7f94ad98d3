import { createSeedText } from "#api/seed/demo-data.ts";

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

interface Data {
  readonly users: readonly Row[];
  readonly accounts: readonly Row[];
  readonly activities: readonly Row[];
}

/**
 * The demo data, made as large as asked: its own rows first, then copies of them. Each further account has about as many
 * of the further activities as any other, no two of which have one time; with `isOneFeed` all are of the first one.
 */
export function createDataText(
  accounts: number,
  activities: number,
  { isOneFeed = false }: { isOneFeed?: boolean } = {},
): string {
  const seed = JSON.parse(createSeedText()) as Data;
  const made = {
    users: seed.users,
    accounts: Array.from({ length: accounts }, (_, at) => copyAccount(seed, at)),
    activities: Array.from({ length: activities }, (_, at) =>
      copyActivity(seed, at, isOneFeed ? 1 : accounts),
    ),
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}

function copyAccount({ accounts }: Data, at: number): Row {
  const row = accounts[at % accounts.length] as Row;
  const copy = Math.floor(at / accounts.length);
  return copy === 0 ? row : { ...row, id: `${row.id}-${copy}`, name: `${row.name} ${copy}` };
}

function copyActivity(data: Data, at: number, accounts: number): Row {
  const row = data.activities[at % data.activities.length] as Row;
  const copy = Math.floor(at / data.activities.length);
  if (copy === 0) return row;
  const time = Date.parse(String(row.at)) - copy * 37;
  const account = copyAccount(data, (at * 7919) % accounts);
  return {
    ...row,
    id: `${row.id}-${copy}`,
    accountId: account.id,
    at: new Date(time).toISOString(),
  };
}
