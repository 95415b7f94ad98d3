import type { Locator } from "@playwright/test";
import type { Tab } from "./tab.ts";
import { expect, test } from "./test.ts";

interface Part {
  readonly name: string;
  /** What it reads. */
  readonly path: (url: URL) => boolean;
  /** A body that does not fit, and the field that the error must name. */
  readonly misfit: unknown;
  readonly field: string;
  panel(tab: Tab): Locator;
  /** Stands when the part has what it shows. */
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

  for (const [what, answer, words] of [
    ["fails", { status: 500, json: {} }, /The server could not do this/],
    [
      "is answered by something that does not fit",
      { json: part.misfit, headers: { "Tandem-Revision": "e.1", "X-Total-Count": "1" } },
      new RegExp(part.field),
    ],
  ] as const) {
    test(`when the ${part.name} ${what}, it says so in its place and the others work`, async ({
      shell,
      page,
      expectedErrors,
    }) => {
      expectedErrors.push(/500/);
      await page.route(part.path, (route) => route.fulfill(answer));
      await shell.open(`?A=${encodeURIComponent("/?account=acc-05")}`);
      const { a } = shell;
      await expect(part.panel(a).getByText(words).first()).toBeVisible();
      await expect(part.content(a)).toHaveCount(0);
      for (const other of others) {
        await expect(other.content(a)).toBeVisible();
        await expect(a.button("Try again")).toHaveCount(1);
      }

      await page.unroute(part.path);
      await part.panel(a).getByRole("button", { name: "Try again" }).click();
      await expect(part.content(a)).toBeVisible();
      await expect(a.button("Try again")).toHaveCount(0);
    });
  }
}

test("an account that no longer exists is said to, and another can be chosen", async ({
  shell,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  await shell.open(`?A=${encodeURIComponent("/?account=acc-none")}`);
  await expect(shell.a.details.getByText("This no longer exists")).toBeVisible();
  await shell.a.choose(account);
  await expect(shell.a.pinnedCount).toHaveText(/\d/);
});

test("a read that fails later keeps what was shown, with the error beside it", async ({
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
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.details.getByRole("alert")).toBeVisible();
  await expect(shell.b.pinnedCount).toHaveText("0");
  await expect(shell.b.pin(shell.b.articles.first())).toHaveAttribute("aria-pressed", "true");

  await page.unroute(`**/api/accounts/${own.id}`);
  await shell.b.details.getByRole("button", { name: "Try again" }).click();
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expect(shell.b.details.getByRole("alert")).toHaveCount(0);
});
