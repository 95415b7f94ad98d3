// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { DataContext } from "#data/hooks/use-data.ts";
import type { Data } from "#data/session/data.ts";
import { AppPartContext } from "#shared/lazy/app-part.ts";
import { createPart } from "#ui/parts/part.ts";
import type { UiParts } from "#ui/parts/ui-part.ts";
import { UiProvider } from "#ui/popup/ui-provider.tsx";
import { UserMenuLater } from "./user-menu-later.tsx";

type Loaded = UiParts & { UserMenu: unknown };

const guest = { id: "guest", who: { kind: "guest" } };
const users = [
  { id: "usr-1", name: "Ada" },
  { id: "usr-2", name: "Bo" },
];

// Only what the menu uses.
const data = {
  api: { get: async () => ({ value: users, asOf: { epoch: "e", rev: 1 }, total: null }) },
  isLive: () => true,
  session: { subscribe: () => () => {}, get: () => guest },
  outbox: { subscribe: () => () => {}, entries: [] },
  drafts: { subscribe: () => () => {}, get: () => undefined, all: () => [] },
} as unknown as Data;

test("a press before the menu is loaded requests it, and opens it once it is", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const load = vi.fn<() => Promise<Loaded>>();
  let arrive = () => {};
  load.mockImplementation(() => {
    const parts = Promise.all([import("#ui/parts/ui-parts.ts"), import("./user-menu.tsx")]);
    return new Promise((resolve) => {
      arrive = async () => {
        const [ui, menu] = await parts;
        resolve({ ...ui, ...menu });
      };
    });
  });
  const part = createPart(load);
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <DataContext value={data}>
          <UiProvider part={part}>
            <AppPartContext value={part}>
              <UserMenuLater />
            </AppPartContext>
          </UiProvider>
        </DataContext>
      </QueryClientProvider>,
    ),
  );
  const button = () => document.querySelector<HTMLButtonElement>('button[aria-label="Sign in"]');
  await act(async () => button()?.click());
  expect(load).toHaveBeenCalledTimes(1);
  expect(document.querySelector('[role="menu"]')).toBeNull();
  await act(async () => arrive());
  await vi.waitFor(() => expect(document.querySelector('[role="menu"]')).not.toBeNull());
  await act(async () => root.unmount());
});
