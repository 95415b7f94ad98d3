import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findBrowser, installBrowser } from "../e2e/find-browser.ts";
import { addNote, outboxButton } from "../e2e/notes.ts";
import { Shell } from "../e2e/shell.ts";
import { Tab } from "../e2e/tab.ts";
import { createTandemServer, type TandemServer } from "../e2e/tandem-server.ts";

/**
 * Makes the pictures of the documentation, from the production build and a copy of the data. Names
 * given as arguments make only those.
 */

interface Picture {
  readonly name: string;
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Brings the page to what is to be seen. */
  readonly arrange: (shell: Shell) => Promise<void>;
}

const account = "Kestrel Robotics";
const place = (id: string) => encodeURIComponent(`/?account=${id}`);

const pictures: readonly Picture[] = [
  { name: "shell-light", arrange: twoTabs },
  { name: "shell-dark", dark: true, arrange: twoTabs },
  {
    name: "inspector",
    async arrange(shell) {
      await shell.openOn(account);
      await leaveFrames(shell.page);
      await shell.button("Inspector").click();
      // What came before is of no interest: the picture is of one pin.
      await shell.inspector.getByRole("listitem").first().waitFor();
      await shell.button("Clear").click();
      await pinInA(shell, 0);
      await shell.inspector.getByText("patched").nth(1).waitFor();
    },
  },
  {
    name: "narrow",
    width: 390,
    height: 844,
    async arrange(shell) {
      await shell.open(`?A=${place("acc-01")}&B=${place("acc-02")}`);
      await shell.a.articles.first().waitFor();
    },
  },
  {
    name: "standalone-dark",
    dark: true,
    async arrange({ page, server }) {
      await page.goto(server.paneUrl);
      await new Tab(page).choose(account);
    },
  },
  {
    name: "failed-remote",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.page.route("**/mf-manifest.json", (route) => route.fulfill({ status: 404 }));
      await shell.button("Reload Tab B").click();
      await shell.button("Retry: Tab B").waitFor();
    },
  },
  {
    name: "hidden-pane",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.button("Hide Tab B").click();
      await pinInA(shell, 4);
      await shell.page.getByText("Changes waiting").waitFor();
    },
  },
  {
    name: "hidden-panel",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.b.button("Hide details").click();
      await pinInA(shell, 1);
      await shell.b.sync.getByText("Changes waiting").waitFor();
    },
  },
  {
    name: "edited-meanwhile",
    async arrange(shell) {
      await shell.openOn(account);
      for (const [tab, city] of [
        [shell.a, "Gothenburg"],
        [shell.b, "Malmö"],
      ] as const) {
        await tab.button("Edit").click();
        await tab.root.getByLabel("Name").fill(`${account} ${city}`);
      }
      await shell.b.root.getByLabel("Plan").click();
      await shell.b.root.getByRole("option", { name: "Growth" }).click();
      await shell.b.button("Save").click();
      await shell.a.root.getByText(/changed in Tab B/).waitFor();
    },
  },
  {
    name: "conflict-dark",
    dark: true,
    async arrange(shell) {
      await shell.openOn(account);
      for (const tab of [shell.a, shell.b]) await tab.button("Edit").click();
      await shell.a.root.getByLabel("Notes").fill("Renewal signed. Send the draft in May.");
      await shell.b.root.getByLabel("Notes").fill("Renewal at risk: call the finance director.");
      await shell.b.button("Save").click();
      await shell.a.root.getByText(/changed in Tab B/).waitFor();
      await shell.a.button("Save").click();
      await shell.a.root.getByRole("dialog").waitFor();
    },
  },
  {
    name: "offline",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.page.context().setOffline(true);
      await shell.a.sync.getByText("Offline").waitFor();
      await addNote(
        shell.a,
        "Called Isabel about the renewal\nShe wants the price list by Friday.",
      );
      await shell.a.pin(shell.a.articles.nth(1)).click();
      await outboxButton(shell.a).click();
      await shell.a.root.getByRole("dialog").waitFor();
    },
  },
  {
    name: "signed-out",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.a.button("Sign in").click();
      await shell.a.root.getByRole("menuitem").first().click();
      await shell.a.root.getByRole("button", { name: /^Working as/ }).click();
      await shell.a.root.getByRole("menuitem", { name: "Sign out" }).click();
      for (const tab of [shell.a, shell.b])
        await tab.root.getByText("You are signed out").waitFor();
      await shell.b.root.getByRole("button").first().waitFor();
    },
  },
  {
    name: "empty-account",
    async arrange(shell) {
      await shell.open();
      for (const tab of [shell.a, shell.b]) await tab.account("Orchard Lane Homes").click();
      await shell.b.root.getByText("No activity yet").waitFor();
    },
  },
  {
    name: "server-down",
    async arrange(shell) {
      await shell.openOn(account);
      await shell.server.stop();
      await shell.b.sync.getByText("Degraded").waitFor();
      await shell.a.account("Northgate Logistics").click();
      await shell.a.button("Try again").nth(1).waitFor();
    },
  },
];

const folder = join(import.meta.dirname, "..", "docs", "pictures");
const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? installBrowser(),
  args: ["--no-sandbox"],
});
try {
  for (const picture of pictures) {
    if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
    // Its own data for each: a picture must not depend on those before it.
    const server = await createTandemServer();
    try {
      await take(picture, browser, server);
    } finally {
      await server.close();
    }
    console.log(`${picture.name}.png`);
  }
} finally {
  await browser.close();
}

async function take(picture: Picture, browser: Browser, server: TandemServer): Promise<void> {
  const { name, dark = false, width = 1440, height = 900, arrange } = picture;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  try {
    const page = await context.newPage();
    await arrange(new Shell(page, server));
    await rest(page);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  } finally {
    await context.close();
  }
}

async function twoTabs(shell: Shell): Promise<void> {
  await shell.openOn(account);
  await pinInA(shell, 0);
}

async function pinInA({ a }: Shell, at: number): Promise<void> {
  await a.togglePin(a.articles.nth(at));
}

/** Takes pointer and focus off what was pressed, and lets the page come to rest. */
async function rest(page: Page): Promise<void> {
  await leaveFrames(page);
  for (const frame of page.frames())
    await frame.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      return document.fonts.ready.then(() => undefined);
    });
  await page.waitForTimeout(400);
}

/** In steps: a frame that the pointer leaves at one jump is not told. */
async function leaveFrames(page: Page): Promise<void> {
  await page.mouse.move(0, 0, { steps: 20 });
}
