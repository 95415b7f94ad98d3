import {
  type AccountFilter,
  type AccountGroup,
  accountGroups,
  accountSorts,
  allAccounts,
  soon,
  unread,
} from "#data/queries/account-filter.ts";

const names = { text: "name", ownerId: "owner", plan: "plan", status: "status" } as const;

const groupNames: Readonly<Record<AccountGroup, string>> = {
  ownerId: "owner",
  plan: "plan",
  status: "status",
};

/** Parses which accounts are listed. Never throws: what is not understood filters nothing. */
export function parseAccounts(params: URLSearchParams): AccountFilter {
  const textOf = (field: keyof typeof names) => (params.get(names[field]) ?? "").slice(0, 200);
  const sort = params.get("sort") ?? "";
  return {
    text: textOf("text"),
    ownerId: textOf("ownerId") || null,
    plan: textOf("plan") || null,
    status: textOf("status") || null,
    renewal: params.get("renewal") === soon ? soon : null,
    ids: params.get("changed") === unread ? unread : null,
    group: accountGroups.find((each) => groupNames[each] === params.get("group")) ?? null,
    sort: accountSorts.find((each) => sort.replace(/^-/, "") === each) ?? allAccounts.sort,
    isDescending: accountSorts.some((each) => sort === `-${each}`),
  };
}

/** In one order, so that equal filters have equal URLs. */
export function writeAccounts(params: URLSearchParams, filter: AccountFilter): void {
  for (const name of [...Object.values(names), "renewal", "changed", "group", "sort"])
    params.delete(name);
  for (const [field, name] of Object.entries(names)) {
    const text = filter[field as keyof typeof names]?.trim();
    if (text) params.set(name, text);
  }
  const { renewal, ids, group, sort, isDescending } = filter;
  if (renewal !== null) params.set("renewal", soon);
  if (ids !== null) params.set("changed", unread);
  if (group) params.set("group", groupNames[group]);
  if (sort !== allAccounts.sort || isDescending)
    params.set("sort", isDescending ? `-${sort}` : sort);
}
