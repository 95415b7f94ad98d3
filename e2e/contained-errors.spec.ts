import type { Locator } from "@playwright/test";
import type { Tab } from "./support/tab.ts";
import { expect, test } from "./support/test.ts";

interface Part {
  readonly name: string;
  /** The request that fills it. */
  readonly path: (url: URL) => boolean;
  /** A body with a field of the wrong type, and that field, which the error must name. */
  readonly misfit: unknown;
  readonly field: string;
  panel(tab: Tab): Locator;
  /** Visible once the part has its data. */
  content(tab: Tab): Locator;
}

const account = "Kestrel Robotics";

const parts: readonly Part[] = [
  {
    name: "account list",
    path: (url) => url.pathname === "/api/accounts",
    misfit: [{ id: "acc-05", name: account, plan: 7, status: "active", version: 1 }],
    field: "plan",
    panel: (tab) => tab.accounts,
    content: (tab) => tab.account(account),
  },
  {
    name: "details",
    path: (url) => url.pathname === "/api/accounts/acc-05",
    misfit: { id: "acc-05", name: account, plan: "Growth", status: 7, version: 1 },
    field: "status",
    panel: (tab) => tab.details,
    content: (tab) => tab.pinnedCount,
  },
  {
    name: "feed",
    path: (url) => url.pathname === "/api/activities",
    misfit: [{ id: "act-1", accountId: "acc-05", kind: "note", title: "x", at: "yesterday" }],
    field: "at",
    panel: (tab) => tab.root.getByRole("main"),
    content: (tab) => tab.articles.first(),
  },
];

for (const part of parts) {
  const others = parts.filter((other) => other !== part);

  for (const [what, answer, message] of [
    ["fails", { status: 500, json: {} }, /Something went wrong on our side/],
    [
      "has an answer of the wrong shape",
      { json: part.misfit, headers: { "Tandem-Revision": "e.1", "X-Total-Count": "1" } },
      new RegExp(part.field),
    ],
  ] as const) {
    test(`when the ${part.name} ${what}, the error is shown in its place and the other parts work`, async ({
      tab,
      page,
      expectedErrors,
    }) => {
      expectedErrors.push(/500/);
      await page.route(part.path, (route) => route.fulfill(answer));
      await tab.open("?account=acc-05");
      await expect(part.panel(tab).getByText(message).first()).toBeVisible();
      await expect(part.content(tab)).toHaveCount(0);
      for (const other of others) {
        await expect(other.content(tab)).toBeVisible();
        await expect(tab.button("Try again")).toHaveCount(1);
      }

      await page.unroute(part.path);
      await part.panel(tab).getByRole("button", { name: "Try again" }).click();
      await expect(part.content(tab)).toBeVisible();
      await expect(tab.button("Try again")).toHaveCount(0);
    });
  }
}

test("an account that no longer exists is reported, and another can be chosen", async ({
  tab,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  await tab.open("?account=acc-none");
  await expect(tab.details.getByText("Account not found")).toBeVisible();
  await expect(tab.sync).toHaveText("Up to date");
  await expect(tab.root.getByRole("form", { name: "New note" })).toBeHidden();
  await tab.choose(account);
  await expect(tab.pinnedCount).toHaveText(/\d/);
});

test("a refetch that fails keeps the data on screen, with the error beside it", async ({
  shell,
  api,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/500/);
  const own = await api.makeAccount(2);
  await shell.openOn(own.name);
  await page.route(`**/api/accounts/${own.id}`, (route) =>
    route.fulfill({ status: 500, json: {} }),
  );
  await shell.b.button("Hide details").click();
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.sync).toHaveText("Updates wait until you look");
  await shell.b.button("Show details").click();
  await expect(shell.b.details.getByRole("alert")).toBeVisible();
  await expect(shell.b.pinnedCount).toHaveText("0");
  await expect(shell.b.pin(shell.b.articles.first())).toHaveAttribute("aria-pressed", "true");

  await page.unroute(`**/api/accounts/${own.id}`);
  await shell.b.details.getByRole("button", { name: "Try again" }).click();
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expect(shell.b.details.getByRole("alert")).toHaveCount(0);
});
