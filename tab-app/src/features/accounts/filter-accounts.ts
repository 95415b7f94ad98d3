import type { Account } from "#contract/rows.ts";

/** The accounts in whose name, plan or status every word of the filter occurs. */
export function filterAccounts<T extends Pick<Account, "name" | "plan" | "status">>(
  accounts: readonly T[],
  filter: string,
): readonly T[] {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  if (words.length === 0) return accounts;
  return accounts.filter(({ name, plan, status }) => {
    const text = fold(`${name} ${plan} ${status}`);
    return words.every((word) => text.includes(word));
  });
}

/** Removes case and accents. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
