import type { Locator, Page, Route } from "@playwright/test";
import { startForeignRemotes } from "../support/foreign-remotes.ts";
import { Shell } from "../support/shell.ts";
import { expect, test } from "../support/test.ts";

const garbage = { contentType: "text/javascript", body: "<html>this is not a script" };
const mountThrows = {
  contentType: "text/javascript",
  body: `export const init = async () => {};
    export const get = async () => () => ({ mount() { throw new Error("no start today"); } });`,
};
const mountless = {
  contentType: "text/javascript",
  body: `export const init = async () => {}; export const get = async () => () => ({});`,
};

interface Failure {
  readonly name: string;
  /** The file of the pane that fails. */
  readonly file: string;
  fail(route: Route): Promise<void>;
  /** The title of the message in the pane. */
  readonly title: string;
}

/** By what fails. Those of one kind share a page: each begins after a Retry that worked. */
const failures: Readonly<Record<string, readonly Failure[]>> = {
  "the manifest": [
    {
      name: "the manifest is not found",
      file: "**/mf-manifest.json",
      fail: (route) => route.fulfill({ status: 404, body: "Nothing is here." }),
      title: "Accounts is not there",
    },
    {
      name: "the manifest cannot be loaded",
      file: "**/mf-manifest.json",
      fail: (route) => route.abort(),
      title: "Accounts is not there",
    },
    {
      name: "the server fails to serve the manifest",
      file: "**/mf-manifest.json",
      fail: (route) => route.fulfill({ status: 500, body: "oops" }),
      title: "Accounts is not there",
    },
    {
      name: "the manifest is garbage",
      file: "**/mf-manifest.json",
      fail: (route) => route.fulfill({ contentType: "application/json", body: "{ no" }),
      title: "Accounts could not be loaded",
    },
  ],
  "the remote's code": [
    {
      name: "the remote's entry is not found",
      file: "**/remoteEntry.js",
      fail: (route) => route.fulfill({ status: 404, body: "Nothing is here." }),
      title: "Accounts could not be loaded",
    },
    {
      name: "the remote's entry is garbage",
      file: "**/remoteEntry.js",
      fail: (route) => route.fulfill(garbage),
      title: "Accounts could not be loaded",
    },
    {
      name: "a chunk of the remote is not found",
      file: "**/assets/mount-*.js",
      fail: (route) => route.fulfill({ status: 404, body: "Nothing is here." }),
      title: "Accounts could not be loaded",
    },
    {
      name: "the remote has nothing to mount",
      file: "**/remoteEntry.js",
      fail: (route) => route.fulfill(mountless),
      title: "Accounts could not be loaded",
    },
    {
      name: "the remote throws when it starts",
      file: "**/remoteEntry.js",
      fail: (route) => route.fulfill(mountThrows),
      title: "Accounts could not start",
    },
  ],
  "the frame page": [
    {
      name: "the frame page is not found",
      file: "**/frame.html*",
      fail: (route) => route.fulfill({ status: 404, body: "Nothing is here." }),
      title: "Tab A can’t be reached",
    },
    {
      name: "nothing listens at the panes' origin",
      file: "**/frame.html*",
      fail: (route) => route.abort("connectionrefused"),
      title: "Tab A can’t be reached",
    },
  ],
};

/** The message that takes the place of a pane. */
function failureMessage(page: Page, title: string): Locator {
  return page.getByRole("alert").filter({ hasText: title });
}

for (const [what, ways] of Object.entries(failures)) {
  test(`${what} fails: the pane says so, Retry restores it, and nothing else is affected`, async ({
    shell,
    page,
    requests,
    expectedErrors,
  }) => {
    test.setTimeout(120_000);
    expectedErrors.push(/./);
    await shell.openOn("Kestrel Robotics", "Skylark Aviation");
    const origins = [await shell.timeOrigin(), await shell.b.timeOrigin()];
    for (const { name, file, fail, title } of ways)
      await test.step(name, async () => {
        await page.route(file, fail);
        requests.clear();
        await shell.button("Reload Tab A").click();

        await expect(failureMessage(page, title)).toBeVisible();
        await expect(page.getByText("Restarting", { exact: true })).toBeVisible();
        await expect(shell.b.articles.first()).toBeVisible();

        await page.unroute(file);
        await shell.button("Retry: Tab A").click();
        await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
        await expect(shell.a.articles).toHaveCount(10);
        await expect(failureMessage(page, title)).toHaveCount(0);

        expect([await shell.timeOrigin(), await shell.b.timeOrigin()]).toEqual(origins);
        expect(await requests.by(shell.b)).toEqual([]);
      });
  });
}

test("a pane that the browser blocks is named so: by the policy of the shell, by its own server, as mixed content", async ({
  page,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  expectedErrors.push(/./);
  const foreign = await startForeignRemotes(
    { "/leads-away": "", "/options": "", "/ancestors": "" },
    {
      "/leads-away": { Location: "http://127.0.0.1:9/login" },
      "/options": { "X-Frame-Options": "DENY" },
      "/ancestors": { "Content-Security-Policy": "frame-ancestors 'none'" },
    },
  );
  const shell = new Shell(page, foreign.server);
  const messageOf = (tab: string) =>
    page.getByRole("region", { name: `Pane ${tab}` }).getByRole("alert");
  const refused = `Something answers at ${new URL(foreign.origin).host}, and what came is no tab. Its server may not let this window show it (X-Frame-Options or frame-ancestors)`;
  try {
    await foreign.offer(
      ["leads-away", "options", "ancestors"].map((name) => ({
        ...{ name, title: name, page: `${foreign.origin}/${name}`, contract: [1, 2] },
      })),
    );
    for (const [name, tab, text] of [
      [
        "leads-away",
        "Tab B",
        "(Content-Security-Policy, frame-src) does not let it show 127.0.0.1:9",
      ],
      ["options", "Tab C", refused],
      ["ancestors", "Tab D", refused],
    ] as const)
      await test.step(name, async () => {
        await shell.open(`?tabs=A,${tab.slice(-1)}:${name}`);
        await expect(messageOf(tab)).toContainText(text);
        await expect(shell.a.account("Northgate Logistics")).toBeVisible();
      });

    await test.step("mixed content", async () => {
      const { shellUrl, paneUrl } = foreign.server;
      const change = (text = "") => text.replaceAll(new URL(paneUrl).origin, "http://pane.test");
      await page.route("https://tandem.test/**", async (route) => {
        const { pathname } = new URL(route.request().url());
        const response = await route.fetch({ url: new URL(pathname, shellUrl).href });
        const policy = change(response.headers()["content-security-policy"]);
        const headers = { ...response.headers(), "content-security-policy": policy };
        await route.fulfill({ response, headers, body: change(await response.text()) });
      });
      await page.goto("https://tandem.test/");
      await expect(messageOf("Tab A")).toContainText(
        "This window is https, and the address of its tab is http://pane.test: browsers block that as mixed content",
      );
    });
  } finally {
    await page.goto("about:blank");
    await foreign.close();
  }
});

test("a pane that loads late takes the place of its failure message by itself", async ({
  shell,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/./);
  let release = () => {};
  const late = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/assets/frame-*.js", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(shell.server.shellUrl, { waitUntil: "commit" });
  await expect(failureMessage(page, "Tab A can’t be reached")).toBeVisible({
    timeout: 15_000,
  });

  release();
  await expect(shell.a.account("Northgate Logistics")).toBeVisible();
  await expect(failureMessage(page, "Tab A can’t be reached")).toHaveCount(0);
});

test("a shell whose panes all fail still works, and they come back by themselves once they can", async ({
  shell,
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/./);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.route("**/mf-manifest.json", (route) => route.abort());
  await shell.open();
  await expect(failureMessage(page, "Accounts is not there")).toHaveCount(2);
  const paneA = page.getByRole("region", { name: "Pane Tab A" });
  await paneA.getByText("Details", { exact: true }).click();
  await shell.button("Copy details: Tab A").click();
  await expect(shell.button("Copied details: Tab A")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Tab A \(Accounts\): remote-missing\n.*mf-manifest/,
  );
  await shell.button("Inspector").click();
  await expect(shell.inspector).toBeVisible();

  await page.unroute("**/mf-manifest.json");
  for (const tab of [shell.a, shell.b])
    await expect(tab.account("Northgate Logistics")).toBeVisible();
  await expect(failureMessage(page, "Accounts is not there")).toHaveCount(0);
});
