import { expectNoViolations } from "../support/axe-violations.ts";
import type { Shell } from "../support/shell.ts";
import { expect, test } from "../support/test.ts";

/** The titles of the panes from left to right. */
async function shownOrder({ page }: Shell): Promise<string[]> {
  const boxes = await page.locator("iframe").evaluateAll((frames) =>
    frames.map((frame) => ({
      title: (frame as HTMLIFrameElement).title,
      x: frame.getBoundingClientRect().x,
    })),
  );
  return boxes.sort((a, b) => a.x - b.x).map(({ title }) => title);
}

const menuItem = ({ page }: Shell, name: RegExp) => page.getByRole("menuitem", { name });

test("panes are moved, maximised, named, duplicated, closed and opened again, and none of them is reloaded", async ({
  shell,
  page,
}) => {
  test.setTimeout(120_000);
  await shell.openOn("Kestrel Robotics", "Skylark Aviation");
  await shell.button("Add tab").click();
  const c = shell.pane("Tab C");
  await c.choose("Sunfield Solar");
  const origins = () =>
    Promise.all(
      [shell.a, shell.b, c].map(async (tab) =>
        (await tab.frame()).evaluate("performance.timeOrigin"),
      ),
    );
  const before = await origins();

  // By the menu, for which a name is asked in a dialog.
  await shell.button("More for Tab A").click();
  await expectNoViolations(page, "[role=menu]");
  await menuItem(shell, /^Move on/).click();
  await expect.poll(() => shownOrder(shell)).toEqual(["Tab B", "Tab A", "Tab C"]);
  await expect(page.getByRole("status", { name: "Order of tabs" })).toHaveText("Tab A is 2 of 3");
  await shell.button("More for Tab A").click();
  await menuItem(shell, /^Rename/).click();
  const name = page
    .getByRole("dialog", { name: "Rename Tab A" })
    .getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  await expectNoViolations(page, "[role=dialog]");
  await page.keyboard.type("Mine");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Pane Tab A: Mine" })).toBeVisible();
  await expect(page).toHaveURL(/tabs=B,A,C.*A\.name=Mine/);

  // By the pointer, over frames that would take it.
  const from = await page.getByRole("heading", { name: "Tab C", exact: true }).boundingBox();
  const to = await shell.frame("Tab B").boundingBox();
  if (!from || !to) throw new Error("The panes are not there");
  await page.mouse.move(from.x + 2, from.y + 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 100, to.y + 100, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => shownOrder(shell)).toEqual(["Tab C", "Tab B", "Tab A"]);

  // By keys, pressed in a pane.
  await shell.a.articles.first().focus();
  await page.keyboard.press("Alt+Shift+ArrowLeft");
  await expect.poll(() => shownOrder(shell)).toEqual(["Tab C", "Tab A", "Tab B"]);
  await page.keyboard.press("Alt+KeyM");
  await expect(shell.frame("Tab B")).toBeHidden();
  await expect(shell.frame("Tab A")).toBeVisible();
  await expectNoViolations(page);
  await page.keyboard.press("Alt+KeyM");
  await expect(shell.frame("Tab B")).toBeVisible();
  expect(await origins()).toEqual(before);

  // Closed and opened again it has its place, its filter, its name and what was typed.
  await shell.a.root.getByRole("textbox", { name: "Note" }).fill("Half a thought");
  await shell.a.details.getByRole("button", { name: /pinned: show them$/ }).click();
  await expect(page).toHaveURL(/pinned/);
  await shell.button("Close Tab A").click();
  await expect(shell.frame("Tab A")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(shell.a.heading("Kestrel Robotics")).toBeVisible();
  await expect(shell.a.root.getByRole("textbox", { name: "Note" })).toHaveValue("Half a thought");
  await expect(page).toHaveURL(/pinned/);
  await expect(page.getByRole("region", { name: "Pane Tab A: Mine" })).toBeVisible();
  await expect.poll(() => shownOrder(shell)).toEqual(["Tab C", "Tab A", "Tab B"]);

  await shell.button("More for Tab B").click();
  await menuItem(shell, /^Duplicate/).click();
  await expect(shell.pane("Tab D").heading("Skylark Aviation")).toBeVisible();
  const [, b, ofC] = await origins();
  expect([b, ofC]).toEqual(before.slice(1));
});

test("panes are resized by pointer and keyboard, over their frames, and a visit without a query finds the layout again", async ({
  shell,
  page,
  server,
}) => {
  test.setTimeout(120_000);
  await shell.openOn("Kestrel Robotics", "Skylark Aviation");
  const width = async (title: string) => (await shell.frame(title).boundingBox())?.width ?? 0;
  const edge = page.getByRole("separator", { name: "Space of Tab A and Tab B" });
  await expect(edge).toHaveAttribute("aria-valuenow", "50");

  // Each step is in the frames, which would take the pointer.
  const box = await edge.boundingBox();
  if (!box) throw new Error("There is no edge");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 200, y, { steps: 10 });
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", /^6[2-6]$/);
  await expect.poll(async () => (await width("Tab A")) > 1.4 * (await width("Tab B"))).toBe(true);
  await expect(page).toHaveURL(/A\.size=12\d&B\.size=7\d/);

  await edge.press("Enter");
  await expect(edge).toHaveAttribute("aria-valuenow", "50");
  await edge.press("ArrowLeft");
  await expect(edge).toHaveAttribute("aria-valuenow", "48");
  await expectNoViolations(page);
  await page.keyboard.press("Home");
  await expect(edge).toHaveAttribute("aria-valuenow", "20");
  await shell.button("Stacked").click();
  await expect(edge).toHaveAttribute("aria-orientation", "horizontal");
  await edge.press("ArrowDown");
  await expect(edge).toHaveAttribute("aria-valuenow", "22");

  await page.goto(server.shellUrl);
  await expect(page).toHaveURL(/\?A\.size=44&B\.size=156&layout=stacked$/);
  await expect(edge).toHaveAttribute("aria-valuenow", "22");
});

/** `PANE_CYCLES=50 npm run e2e -- panes` is the long form. */
const cycles = Number(process.env.PANE_CYCLES ?? 5);

test("a pane that is opened and closed again and again leaves nothing behind in the shell", async ({
  shell,
  page,
  context,
}) => {
  test.setTimeout(60_000 + cycles * 10_000);
  await shell.open();
  const devtools = await context.newCDPSession(page);
  await devtools.send("HeapProfiler.enable");
  const cycle = async () => {
    await shell.button("Add tab").click();
    await shell.pane("Tab C").account("Northgate Logistics").waitFor();
    await shell.button("Close Tab C").click();
    await expect(shell.frame("Tab C")).toHaveCount(0);
  };
  const left = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { documents, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
    return { documents, jsEventListeners };
  };
  // What is loaded with the first of them stays.
  for (let at = 0; at < 2; at += 1) await cycle();
  await expect.poll(async () => (await left()).documents).toBe(1);
  const before = await left();
  for (let at = 0; at < cycles; at += 1) await cycle();
  await expect.poll(left).toEqual(before);
});
