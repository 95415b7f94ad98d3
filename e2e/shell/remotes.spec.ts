import { build } from "vite";
import { expectNoViolations } from "../support/axe-violations.ts";
import { startForeignRemotes } from "../support/foreign-remotes.ts";
import { Shell } from "../support/shell.ts";
import { expect, test } from "../support/test.ts";

const greet = (hello: object) => `
  const shell = await connect();
  const welcome = await shell.hello(${JSON.stringify(hello)});
  if (welcome) {
    await shell.ready();
    show("Contract " + welcome.version + " in " + welcome.name);
  }`;

test("the manifest of remotes is read at run time: an older pane works, a newer one is told so, a wrong line costs itself alone", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const foreign = await startForeignRemotes({
    "/older": greet({ version: 1 }),
    "/newer": greet({ version: 3, newest: 4 }),
  });
  const shell = new Shell(page, foreign.server);
  const older = {
    name: "older",
    title: "Older app",
    page: `${foreign.origin}/older`,
    contract: [1, 1],
  };
  const newer = { ...older, name: "newer", title: "Newer app", page: `${foreign.origin}/newer` };
  try {
    await foreign.offer([older, newer, { name: "wrong", title: "Wrong", contract: [1, 2] }]);
    await shell.openOn("Kestrel Robotics", "Kestrel Robotics");

    await shell.button("Choose what to add").click();
    const menu = page.getByRole("menu");
    await expect(menu.getByRole("menuitem")).toHaveText([
      "Accounts",
      "Older app",
      "Newer app",
      /^Not offered: wrong: manifest is missing/,
    ]);
    await expectNoViolations(page, "[role=menu]");
    await menu.getByRole("menuitem", { name: "Older app" }).click();
    const c = page.frameLocator('iframe[title="Tab C"]');
    await expect(c.getByText("Contract 1 in Tab C")).toBeVisible();
    await expect(shell.button("Open Tab C in a browser tab")).toHaveCount(0);
    await expect(shell.frame("Tab C")).toHaveAttribute(
      "sandbox",
      "allow-scripts allow-same-origin",
    );

    await shell.button("Choose what to add").click();
    await menu.getByRole("menuitem", { name: "Newer app" }).click();
    const paneD = page.getByRole("region", { name: "Pane Tab D" });
    await expect(paneD).toContainText("Newer app is of a newer version of Tandem than this window");
    await expect(shell.button("Reload to update: Tab D")).toBeVisible();

    // What a pane may is of its own line; in its sandbox everything that keeps tabs in step works.
    const features = (title: string) =>
      page
        .frameLocator(`iframe[title="${title}"]`)
        .locator("body")
        .evaluate(() => {
          const { featurePolicy } = document as unknown as {
            featurePolicy: { allowsFeature(feature: string): boolean };
          };
          const asked = ["clipboard-write", "clipboard-read", "camera", "geolocation", "usb"];
          return asked.filter((feature) => featurePolicy.allowsFeature(feature));
        });
    expect(await features("Tab A")).toEqual(["clipboard-write"]);
    expect(await features("Tab C")).toEqual([]);
    const pins = [shell.a, shell.b].map((tab) => tab.pin(tab.articles.first()));
    const before = (await pins[0]?.getAttribute("aria-pressed")) ?? "";
    await pins[0]?.click();
    for (const pin of pins) await expect(pin).not.toHaveAttribute("aria-pressed", before);

    await foreign.offer([older]);
    await page.reload();
    await expect(c.getByText("Contract 1 in Tab C")).toBeVisible();
    await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
    await expect(shell.frame("Tab D")).toHaveCount(0);
  } finally {
    await page.goto("about:blank");
    await foreign.close();
  }
});

test("the tab-app and the wall board, as they are built, do what a shell relies on", async ({
  page,
  server,
}) => {
  test.setTimeout(240_000);
  const [built] = (await build({
    configFile: false,
    logLevel: "error",
    root: "contract",
    build: {
      write: false,
      lib: { entry: "testing/remote-conformance.ts", formats: ["es"] },
    },
  })) as { output: { code?: string }[] }[];
  const script = built?.output[0]?.code ?? "";
  // A page of the panes' origin, with none of the product's code.
  await page.route(`${server.paneUrl}conformance*`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' }),
  );
  for (const [folder, optional] of [
    // It asks for some things, after a time that depends on the machine.
    ["/", /hidden from the start it asks nothing/],
    ["/wall-board/", /ok {3}hidden from the start it asks nothing/],
  ] as const)
    await test.step(folder, async () => {
      await page.goto(`${server.paneUrl}conformance${folder.length}`);
      const report = await page.evaluate(async (folder) => {
        const load = (path: string) => import(path);
        const { formatRemoteReport, runRemoteConformance } = await load("/conformance.js");
        const container = await load(`${folder}remoteEntry.js`);
        const module = await (await container.get("./mount"))();
        return formatRemoteReport(await runRemoteConformance(module.mount)) as string;
      }, folder);
      expect(report).not.toContain("FAIL");
      expect(report).toMatch(optional);
    });
});
