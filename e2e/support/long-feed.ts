import type { Page } from "@playwright/test";
import type { Activity } from "#contract/rows.ts";

/** Has the next press of "Load more" bring this many rows, older than the account's own and of different heights. */
export async function lengthenFeed(page: Page, accountId: string, count: number): Promise<void> {
  const next = `**/api/activities?accountId=${accountId}&at_lte=**`;
  await page.route(
    next,
    async (route) => {
      const response = await route.fetch();
      const own = (await response.json()) as Activity[];
      const oldest = Date.parse(own.at(-1)?.at ?? "");
      const rows = Array.from(
        { length: count },
        (_, at): Activity => ({
          id: `long-${at}`,
          accountId,
          kind: "call",
          title: `Row ${at}`,
          ...(at % 3 === 0 && { body: "A line that may wrap. ".repeat(1 + (at % 17)) }),
          // Forty rows a day.
          at: new Date(oldest - (at + 1) * 2_160_000).toISOString(),
          pinned: false,
          version: 1,
        }),
      );
      await route.fulfill({ response, json: [...own, ...rows] });
    },
    { times: 1 },
  );
}
