import type { BrowserContext, Page } from "@playwright/test";
import { readDocument } from "#api/file/read-document.ts";
import { connect } from "#api/postgres/connect.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { smallData } from "#api/testing/data-file.ts";
import { createTestDatabase, startPostgres } from "#api/testing/start-postgres.ts";
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

/** Two workspaces in one database: "Main" with the rows of `smallData`, and "Sales". Returns its settings. */
async function makeWorkspaces() {
  const postgres = await startPostgres();
  const url = await createTestDatabase(postgres.url, Buffer.from(JSON.stringify(smallData)));
  const { db, close } = connect(url);
  const [first] = smallData.accounts;
  const sales = { ...smallData, accounts: [{ ...first, name: "Fernweh Travel" }] };
  sales.activities = smallData.activities.slice(0, 1);
  const document = readDocument(Buffer.from(JSON.stringify(sales)), 0);
  await importDocument(db, "sales", document).finally(close);
  return { settings: { DATABASE_URL: url, DB: "" }, close: postgres.remove };
}

/** Tandem with sign-in, at a provider of this test. Ada is an admin, and whom else it knows a viewer. */
const test = base.extend<{ hasWorkspaces: boolean; guarded: TandemServer }>({
  /** In a database, and nobody is a member by being known to the provider. */
  hasWorkspaces: [false, { option: true }],
  guarded: async ({ hasWorkspaces }, use) => {
    let close = async () => {};
    const workspaces = hasWorkspaces ? await makeWorkspaces() : null;
    const server = await createTandemServer({
      async settings(paneOrigin) {
        const provider = await startProvider(`${paneOrigin}/access/callback`, people);
        ({ close } = provider);
        return {
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: provider.clientId,
          OIDC_CLIENT_SECRET: provider.clientSecret,
          ADMINS: "ada@example.com",
          NEW_MEMBERS: hasWorkspaces ? "none" : "viewer",
          ...workspaces?.settings,
        };
      },
    });
    await use(server);
    await server.close();
    await close();
    await workspaces?.close();
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

  // Signed out there as well, it asks who is there.
  await workingAs(shell.a, "Ada Admin").click();
  await shell.a.root.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await shell.a.button("Discard and sign out").click();
  await shell.a.button("Sign out at the sign-in provider too").click();
  await page.getByRole("button", { name: /^Yes/ }).click();
  await expect(signedOut(shell.a)).toBeVisible();
  expect(new URL(page.url()).search).toContain("layout=stacked");
  await shell.a.button("Sign in").click();
  await expect(page.getByRole("button", { name: "Continue as Ada Admin" })).toBeVisible();
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

test.describe("workspaces", () => {
  test.use({ hasWorkspaces: true });

  test("an admin lets somebody in and out, and works in two workspaces that know nothing of each other", async ({
    page,
    browser,
    context,
    guarded,
    expectedErrors,
  }) => {
    expectedErrors.push(/401|403/);
    const choose = async (tab: Tab, item: string | RegExp) => {
      await workingAs(tab, "Ada Admin").click();
      await tab.root.getByRole("menuitem", { name: item }).click();
    };
    await page.goto(guarded.paneUrl);
    const admin = new Tab(page);
    await admin.button("Sign in").click();
    await page.getByRole("button", { name: "Continue as Ada Admin" }).click();
    await expect(page.getByRole("heading", { name: "Choose a workspace" })).toBeVisible();
    await page.getByRole("link", { name: "Main" }).click();
    await expect(admin.account("Northgate")).toBeVisible();

    await choose(admin, "Members…");
    const dialog = page.getByRole("dialog", { name: "Members of Main" });
    const item = (name: string) => dialog.getByRole("listitem", { name });
    await expect(item("Ada Admin")).toContainText("(you)");
    await dialog.getByRole("textbox", { name: "Email" }).fill("Vi@Example.com");
    await dialog.getByRole("button", { name: "Add" }).click();
    await expect(item("vi@example.com")).toContainText("Invited");
    const elsewhere = await browser.newContext();
    const { page: theirPage, tab: theirs } = await openTab(elsewhere, guarded);
    await signIn(theirPage, theirs, "Vi Viewer");
    await expect(theirs.account("Northgate")).toBeVisible();
    await dialog.getByRole("button", { name: "Close" }).click();
    await choose(admin, "Members…");
    await item("Vi Viewer").getByRole("button").click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Remove" }).click();
    await expect(signedOut(theirs)).toBeVisible();
    await expect(item("Vi Viewer")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Close" }).click();
    await elsewhere.close();

    await admin.choose("Northgate");
    await noteField(admin).fill("half a no");
    const { tab: beside } = await openTab(context, guarded);
    await expect(beside.account("Northgate")).toBeVisible();
    await choose(admin, "Change to Sales");
    for (const tab of [admin, beside]) {
      await expect(tab.account("Fernweh Travel")).toBeVisible();
      await expect(tab.account("Northgate")).toHaveCount(0);
    }
    await admin.choose("Fernweh Travel");
    await expect(noteField(admin)).toHaveValue("");
    // What was typed is kept for where it belongs.
    await choose(beside, "Change to Main");
    await expect(admin.account("Northgate")).toBeVisible();
    await admin.choose("Northgate");
    await expect(noteField(admin)).toHaveValue("half a no");
  });
});
