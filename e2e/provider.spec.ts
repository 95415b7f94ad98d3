import type { BrowserContext, Page } from "@playwright/test";
import { startProvider } from "#api/testing/start-provider.ts";
import { noteField } from "./support/notes.ts";
import { Shell } from "./support/shell.ts";
import { Tab } from "./support/tab.ts";
import { createTandemServer, type TandemServer } from "./support/tandem-server.ts";
import { test as base, expect } from "./support/test.ts";

const people = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada Admin" },
  vi: { email: "vi@example.com", email_verified: true, name: "Vi Viewer" },
};

/** Tandem with sign-in, at a provider of this test. Ada is an admin, and whom else it knows a viewer. */
const test = base.extend<{ guarded: TandemServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters of a fixture
  guarded: async ({}, use) => {
    let close = async () => {};
    const server = await createTandemServer({
      async settings(paneOrigin) {
        const provider = await startProvider(`${paneOrigin}/access/callback`, people);
        ({ close } = provider);
        return {
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: provider.clientId,
          OIDC_CLIENT_SECRET: provider.clientSecret,
          ADMINS: "ada@example.com",
          NEW_MEMBERS: "viewer",
        };
      },
    });
    await use(server);
    await server.close();
    await close();
  },
  // Pages are closed before the server ends.
  context: async ({ guarded: _, context }, use) => {
    // A server and a provider start, and a page goes through both.
    test.setTimeout(300_000);
    await use(context);
  },
});

const signedOut = (tab: Tab) => tab.root.getByRole("heading", { name: "You are signed out" });
const workingAs = (tab: Tab, name: string) =>
  tab.root.getByRole("button", { name: `Working as ${name}` });

async function signIn(page: Page, tab: Tab, name: string): Promise<void> {
  await tab.button("Sign in").click();
  await page.getByRole("button", { name: `Continue as ${name}` }).click();
  await expect(workingAs(tab, name)).toBeVisible();
}

async function openTab(context: BrowserContext, { paneUrl }: TandemServer) {
  const page = await context.newPage();
  await page.goto(paneUrl);
  return { page, tab: new Tab(page) };
}

test("a person signs in at the provider, is signed out from another browser, and finds what they had not sent again", async ({
  page,
  browser,
  guarded,
  expectedErrors,
}) => {
  expectedErrors.push(/401/);
  const shell = new Shell(page, guarded);
  await shell.open("?layout=stacked");
  for (const tab of [shell.a, shell.b]) await expect(signedOut(tab)).toBeVisible();
  await signIn(page, shell.a, "Ada Admin");
  await expect(workingAs(shell.b, "Ada Admin")).toBeVisible();
  // The shell is as it was left.
  expect(new URL(page.url()).search).toBe("?layout=stacked");

  await shell.a.choose("Northgate Logistics");
  await shell.a.articles.first().waitFor();
  await noteField(shell.a).fill("half a no");
  const elsewhere = await browser.newContext();
  const other = await openTab(elsewhere, guarded);
  await signIn(other.page, other.tab, "Ada Admin");
  await workingAs(other.tab, "Ada Admin").click();
  await other.page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await expect(signedOut(other.tab)).toBeVisible();
  await elsewhere.close();

  for (const tab of [shell.a, shell.b]) {
    await expect(signedOut(tab)).toBeVisible();
    await expect(tab.root.getByText("is kept for you in this browser")).toBeVisible();
  }
  // The provider knows the browser, and asks nothing.
  await shell.b.button("Sign in").click();
  await expect(noteField(shell.a)).toHaveValue("half a no");
});

test("a viewer sees what others write, and no button that writes", async ({
  page,
  browser,
  guarded,
  expectedErrors,
}) => {
  expectedErrors.push(/401/);
  await page.goto(guarded.paneUrl);
  const viewer = new Tab(page);
  await signIn(page, viewer, "Vi Viewer");
  await viewer.choose("Northgate Logistics");
  await viewer.articles.first().waitFor();
  await expect(viewer.sync).toHaveText("Up to date");
  for (const name of [/^Edit/, /^Pin/, /^Add/, /^New/])
    await expect(viewer.root.getByRole("button", { name })).toHaveCount(0);
  await expect(viewer.root.getByRole("form")).toHaveCount(0);

  const elsewhere = await browser.newContext();
  const { page: adminPage, tab: admin } = await openTab(elsewhere, guarded);
  await signIn(adminPage, admin, "Ada Admin");
  await admin.choose("Northgate Logistics");
  await noteField(admin).fill("Seen by a viewer");
  await admin.button("Add note").click();
  await expect(viewer.article("Seen by a viewer")).toContainText("Ada Admin");
  await elsewhere.close();
});
