import type { AccountSort } from "#data/queries/account-filter.ts";
import type { ListedAccount } from "#data/queries/account-pages.ts";
import { formatShortDate } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";

const dollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  notation: "compact",
});

/** What the list is sorted by; in the order of names the plan. */
export function AccountValue({ account, sort }: { account: ListedAccount; sort: AccountSort }) {
  const { plan, mrr, renewalDate, lastActivityAt } = account;
  if (sort === "mrr") return mrr == null ? null : dollars.format(mrr);
  if (sort === "renewalDate") return renewalDate ? <Day at={`${renewalDate}T12:00:00`} /> : null;
  if (sort === "lastActivityAt") return lastActivityAt ? <Day at={lastActivityAt} /> : null;
  return plan;
}

function Day({ at }: { at: string }) {
  return <time dateTime={at}>{formatShortDate(Date.parse(at), useNow())}</time>;
}
