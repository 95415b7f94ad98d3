import type { Page } from "@playwright/test";

/** Puts this many made-up rows, older than its own, into the cache of a tab, in pages of fifty. */
export async function fillFeed(page: Page, accountId: string, count: number): Promise<void> {
  await page.evaluate(
    ({ accountId, count }) => {
      interface Cache {
        getQueryData(key: unknown): {
          pages: { rows: { at: string }[]; asOf: unknown }[];
          pageParams: unknown[];
        };
        setQueryData(key: unknown, data: unknown): void;
      }
      interface Fiber {
        memoizedProps?: { client?: Cache };
        child: Fiber | null;
        sibling: Fiber | null;
      }
      // The tab keeps its cache to itself; React's own tree leads to it.
      const findCache = (fiber: Fiber | null): Cache | undefined =>
        fiber
          ? (fiber.memoizedProps?.client ?? findCache(fiber.child) ?? findCache(fiber.sibling))
          : undefined;
      const root = document.getElementById("tab") as unknown as Record<string, Fiber>;
      const key = Object.keys(root).find((name) => name.startsWith("__reactContainer$")) ?? "";
      const cache = findCache(root[key] ?? null);
      if (!cache) throw new Error("There is no query cache in this page");
      const held = cache.getQueryData(["activity", accountId]);
      const [first] = held.pages;
      const oldest = Date.parse(first?.rows.at(-1)?.at ?? "");
      const row = (at: number) => ({
        id: `long-${at}`,
        accountId,
        kind: "call",
        title: `Row ${at}`,
        ...(at % 3 === 0 && { body: "A line that may wrap. ".repeat(1 + (at % 17)) }),
        at: new Date(oldest - (at + 1) * 600_000).toISOString(),
        pinned: false,
        version: 1,
      });
      const pages = Array.from({ length: count / 50 }, (_, page) => ({
        rows: Array.from({ length: 50 }, (_, at) => row(page * 50 + at)),
        more: page < count / 50 - 1,
        asOf: first?.asOf,
      }));
      cache.setQueryData(["activity", accountId], {
        pages: [{ ...first, more: true }, ...pages],
        pageParams: [null, ...pages.map(() => ({ at: "", id: "", tied: 0 }))],
      });
    },
    { accountId, count },
  );
}

/** Has another page of the origin broadcast changes of those rows, `rate` a second, until the returned function is called. */
export async function startBurst(
  page: Page,
  { accountId, count, rate }: { accountId: string; count: number; rate: number },
): Promise<() => Promise<number>> {
  const handle = await page.evaluateHandle(
    async ({ accountId, count, rate }) => {
      const response = await fetch("/api/accounts?_limit=1");
      const [epoch = "", head = ""] = (response.headers.get("Tandem-Revision") ?? "").split(".");
      const channel = new BroadcastChannel("tandem");
      const own = await fetch(`/api/activities?accountId=${accountId}&_limit=10`);
      const rows = (await own.json()) as { at: string }[];
      const oldest = Date.parse(rows.at(-1)?.at ?? "");
      const began = performance.now();
      const burst = { sent: 0, stop: () => clearInterval(timer) };
      const send = () => {
        const changes = [];
        while (burst.sent < ((performance.now() - began) / 1000) * rate && changes.length < 500) {
          const at = (burst.sent * 7919) % count;
          const rev = Number(head) + ++burst.sent;
          const id = `long-${at}`;
          const row = {
            id,
            accountId,
            kind: "call",
            title: `Row ${at}`,
            at: new Date(oldest - (at + 1) * 600_000).toISOString(),
            pinned: true,
            version: rev,
          };
          const parents = { accountId };
          changes.push({
            rev,
            version: rev,
            resource: "activities",
            id,
            op: "update",
            parents,
            row,
          });
        }
        channel.postMessage({ tandem: 1, from: "burst", type: "changes", epoch, changes });
      };
      const timer = setInterval(send, 10);
      return burst;
    },
    { accountId, count, rate },
  );
  return () =>
    handle.evaluate((burst) => {
      burst.stop();
      return burst.sent;
    });
}
