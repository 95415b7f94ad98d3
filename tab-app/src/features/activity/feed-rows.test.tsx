// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { DataContext } from "#data/hooks/use-data.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import type { Data } from "#data/session/data.ts";
import { createPart } from "#ui/parts/part.ts";
import { UiProvider } from "#ui/popup/ui-provider.tsx";
import { FeedRows } from "./feed-rows.tsx";

/** A row that records when its content renders. */
function watchedRow(id: string, rendered: string[]): FeedRow {
  return {
    id,
    accountId: "acc-1",
    kind: "note",
    get title() {
      rendered.push(id);
      return `Title of ${id}`;
    },
    at: "2026-11-20T09:00:00.000Z",
    pinned: false,
    version: 1,
    unconfirmed: null,
  };
}

const parts = createPart(() => new Promise<never>(() => {}));
const guest = { id: "guest", who: { kind: "guest" } };

// Only what the rows use.
const data = {
  api: { get: async () => ({ value: [], asOf: { epoch: "e", rev: 1 }, total: null }) },
  isLive: () => true,
  session: { subscribe: () => () => {}, get: () => guest },
  outbox: { subscribe: () => () => {}, entries: [] },
  feedPlaces: { get: () => undefined, put() {} },
  drafts: { subscribe: () => () => {}, get: () => undefined },
  unread: { subscribe: () => () => {}, isNew: () => false },
} as unknown as Data;

test("a row that is added, or changes, does not render another row's content", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const rendered: string[] = [];
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const client = new QueryClient();
  const show = (rows: FeedRow[]) =>
    act(async () =>
      root.render(
        <StrictMode>
          <QueryClientProvider client={client}>
            <DataContext value={data}>
              <UiProvider part={parts}>
                <FeedRows id="acc-1" rows={rows} isComplete isLoading={false} />
              </UiProvider>
            </DataContext>
          </QueryClientProvider>
        </StrictMode>,
      ),
    );
  const [first, second, third] = ["act-1", "act-2", "act-3"].map((id) =>
    watchedRow(id, rendered),
  ) as [FeedRow, FeedRow, FeedRow];
  await show([second, third]);
  expect(new Set(rendered)).toEqual(new Set(["act-2", "act-3"]));

  rendered.length = 0;
  await show([first, second, third]);
  expect(new Set(rendered)).toEqual(new Set(["act-1"]));
  const places = [...document.querySelectorAll("article")].map((article) => [
    article.ariaPosInSet ?? article.getAttribute("aria-posinset"),
    article.querySelector("h3")?.textContent,
  ]);
  expect(places).toEqual([
    ["1", "Title of act-1"],
    ["2", "Title of act-2"],
    ["3", "Title of act-3"],
  ]);

  rendered.length = 0;
  await show([first, watchedRow("act-2", rendered), third]);
  expect(new Set(rendered)).toEqual(new Set(["act-2"]));
  act(() => root.unmount());
});
