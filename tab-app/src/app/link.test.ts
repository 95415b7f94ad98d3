import { expect, test } from "vitest";
import { noFilter } from "#data/queries/feed-filter.ts";
import { createLinkTo } from "./link.ts";
import { parseRoute } from "./location.ts";

const own = "http://localhost:4174";
const shell = "http://localhost:4173";
const activity = { id: "act-1", at: "2026-11-20T09:00:00.000Z" };

test("a link opens what it is of, and nothing else of the tab that it is copied in", () => {
  const linkTo = createLinkTo(undefined, own);
  expect(linkTo({ accountId: "acc-01" })).toBe(`${own}/?account=acc-01`);
  const filter = { ...noFilter, pinned: true };
  expect(parseRoute(linkTo({ accountId: "acc-01", filter }))).toMatchObject({ filter });
  expect(parseRoute(linkTo({ accountId: "acc-01", activity }))).toMatchObject({
    accountId: "acc-01",
    activityId: "act-1",
    filter: { ...noFilter, to: activity.at },
  });
});

test("a link from a pane opens the shell, with that in its first tab", () => {
  const url = new URL(createLinkTo(shell, own)({ accountId: "acc-01", activity }));
  expect(url.origin).toBe(shell);
  expect(parseRoute(url.searchParams.get("A") ?? "").activityId).toBe("act-1");
});
