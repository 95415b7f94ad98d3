import { startForeignRemotes } from "../support/foreign-remotes.ts";
import { Shell } from "../support/shell.ts";
import type { Tab } from "../support/tab.ts";
import { expect, test } from "../support/test.ts";

const evil = `
  globalThis.shell = await connect();
  await shell.hello({ version: 1, newest: 2 });
  await shell.ready();
  show("All is well");`;

test("a remote of another origin that is evil costs its own pane at most: the shell and the other panes go on", async ({
  page,
  expectedErrors,
}) => {
  test.setTimeout(180_000);
  // The browser names each thing that the sandbox refuses.
  expectedErrors.push(/Unsafe attempt to initiate navigation|allow-popups|allow-modals/);
  const foreign = await startForeignRemotes({ "/evil": evil });
  const shell = new Shell(page, foreign.server);
  const greeting = page.frameLocator('iframe[title="Tab C"]').getByText("All is well");
  const run = async (script: string) => (await shell.pane("Tab C").frame()).evaluate(script);
  const messageOf = (title: string) => page.getByRole("alert").filter({ hasText: title });
  let origins: number[] = [];
  const readOrigins = () =>
    Promise.all([shell.timeOrigin(), shell.a.timeOrigin(), shell.b.timeOrigin()]);
  /** Nothing has been loaded anew or led elsewhere, and a pin of A is shown by B. */
  const expectInStep = async () => {
    expect(await readOrigins()).toEqual(origins);
    const pin = (tab: Tab) => tab.pin(tab.articles.first());
    const wasPinned = (await pin(shell.a).getAttribute("aria-pressed")) === "true";
    await shell.a.togglePin(shell.a.articles.first());
    for (const tab of [shell.a, shell.b])
      await expect(pin(tab)).toHaveAttribute("aria-pressed", String(!wasPinned));
    await expect(shell.b.heading("Kestrel Robotics")).toBeVisible();
  };
  try {
    await foreign.offer([
      { name: "evil", title: "Evil", page: `${foreign.origin}/evil`, contract: [1, 2] },
    ]);
    await shell.openOn("Kestrel Robotics", "Skylark Aviation");
    await shell.b.choose("Kestrel Robotics");
    await shell.button("Choose what to add").click();
    await page.getByRole("menuitem", { name: "Evil" }).click();
    await expect(greeting).toBeVisible();
    origins = await readOrigins();
    const url = page.url();

    await test.step("it leads other windows elsewhere, opens one, and stops the page by a dialog", async () => {
      const pages = page.context().pages().length;
      await run(`
        const attempts = [
          () => { top.location = "about:blank"; },
          () => { parent.frames[0].location = "about:blank"; },
          () => open("about:blank"),
          () => confirm("Well?"),
        ];
        for (const attempt of attempts) try { attempt(); } catch {}`);
      await expectInStep();
      expect(page.url()).toBe(url);
      expect(page.context().pages()).toHaveLength(pages);
    });

    await test.step("it sends junk, pretends to be used, and says that there is a new version", async () => {
      await run(`(async () => {
        for (const junk of [undefined, null, 7, [], {}, { url: "//evil.test", byUser: true }, "x".repeat(1e6)]) {
          parent.postMessage(junk, "*");
          for (const method of ["state", "status", "title", "failed", "trace", "chord", "run"])
            await shell[method](junk);
        }
        await shell.outdated("newer");
        await shell.reveal();
        await shell.focused();
        await shell.chord("add-tab");
        await shell.run("close A");
      })()`);
      await expect(page.getByRole("alert")).toHaveCount(0);
      await expect(shell.frame("Tab D")).toHaveCount(0);
      await expect(page.locator("[data-active]")).not.toHaveAttribute("data-pane", "C");
      await expectInStep();
      expect(page.url()).toBe(url);
    });

    await test.step("it pushes history entries: they are of its own frame, and lie before those of the user", async () => {
      await run(`
        shell.state({ url: "/?pretended", byUser: true });
        for (let at = 1; at <= 3; at += 1) history.pushState(null, "", "?" + at);`);
      for (const left of ["?2", "?1", "/evil"]) {
        await page.evaluate("history.back()");
        await expect.poll(() => run("location.href")).toMatch(new RegExp(`\\${left}$`));
        await expect(shell.b.heading("Kestrel Robotics")).toBeVisible();
      }
      await page.evaluate("history.back()");
      await expect(shell.b.heading("Skylark Aviation")).toBeVisible();
      await page.evaluate("history.forward()");
      await expectInStep();
    });

    await test.step("it takes the keyboard while another tab has it: its page is put away, and the pane says so", async () => {
      const note = shell.a.root.getByLabel("Note", { exact: true });
      const steal = `
        const field = document.createElement("input");
        document.body.append(field);
        setInterval(() => field.focus(), 20); 0`;
      await note.click();
      // The pointer has left its frame a while ago.
      await page.waitForTimeout(1_500);
      await run(steal);
      await expect(messageOf("Tab C was stopped")).toContainText("Evil took the keyboard");
      await expect.poll(() => run("location.href")).toBe("about:blank");
      await note.click();
      await page.keyboard.type("for us alone");
      await expect(note).toHaveValue("for us alone");
      await note.fill("");
      await shell.button("Retry: Tab C").click();
      await expect(greeting).toBeVisible();
      // With the pointer over it, it is its user who is taken to have asked for it.
      await note.click();
      await shell.frame("Tab C").hover();
      await run(steal);
      await expect(shell.frame("Tab C")).toBeFocused();
      await expectInStep();
    });

    await test.step("it floods the shell: its page is put away, and the pane says so", async () => {
      // By the connection, and without one: the second goes on when the first is closed.
      for (const flood of [
        `for (let at = 0; at < 5000; at += 1) shell.state({ url: "/?" + at, byUser: true });`,
        `parent.postMessage({ namespace: "penpal", type: "DESTROY" }, "*");
         setInterval(() => { for (let at = 0; at < 1000; at += 1) parent.postMessage(at, "*"); });`,
      ]) {
        // Later: the page is put away before a flood would have ended.
        await run(`setTimeout(() => { ${flood} }); 0`);
        await expect(messageOf("Tab C was stopped")).toContainText("Evil sent more messages");
        await expectInStep();
        await expect.poll(() => run("location.href")).toBe("about:blank");
        await shell.button("Retry: Tab C").click();
        await expect(greeting).toBeVisible();
      }
    });

    await test.step("it hangs: it is started again by itself, and nothing else", async () => {
      await run("setTimeout(() => { for (;;); })");
      await expect(messageOf("Tab C has stopped")).toBeVisible();
      await expectInStep();
      await expect(greeting).toBeVisible();
      await expect(messageOf("Tab C has stopped")).toHaveCount(0);
    });
  } finally {
    await page.goto("about:blank");
    await foreign.close();
  }
});
