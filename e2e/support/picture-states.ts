import { addNote, outboxButton } from "./notes.ts";
import type { Shell } from "./shell.ts";
import { expect } from "./test.ts";

/** A state of the product that the documentation shows. */
export interface PictureState {
  /** The picture is `docs/pictures/<name>.png`. */
  readonly name: string;
  /** Light by default. `both` gives two pictures, `<name>-light.png` and `<name>-dark.png`. */
  readonly theme?: "light" | "dark" | "both";
  /** The one pane to show, by its title. The whole page by default. */
  readonly pane?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Where axe looks: Base UI hides what is beside a modal dialog. The whole page by default. */
  readonly axeOf?: string[];
  /** Console errors that belong to the state. */
  readonly errors?: readonly RegExp[];
  /** Ends with an expectation of what the picture is to show. */
  readonly reach: (shell: Shell) => Promise<void>;
}

/** The account that states write to. */
export const pictureAccount = { id: "acc-05", name: "Kestrel Robotics" };

const account = pictureAccount.name;
const at = (accountId: string) => encodeURIComponent(`/?account=${accountId}`);

export const pictureStates: readonly PictureState[] = [
  {
    name: "shell",
    theme: "both",
    async reach(shell) {
      await shell.openOn(account);
      await pinInA(shell, 0);
      await expect(shell.b.pin(shell.b.articles.first())).toHaveAttribute("aria-pressed", "true");
      for (const tab of [shell.a, shell.b]) await expect(tab.pinnedCount).toHaveText("2");
    },
  },
  {
    name: "overview",
    size: { width: 1440, height: 1200 },
    async reach(shell) {
      await shell.open("?layout=focus");
      const overview = shell.a.root.getByRole("region", { name: "Overview" });
      await overview
        .getByRole("button", { name: /^Week of / })
        .nth(9)
        .click();
      const week = overview.getByRole("region", { name: /^Week of / });
      await expect(week.getByRole("listitem")).toHaveCount(10);
      await expect(overview.getByRole("region", { name: "Next renewals" })).toHaveAttribute(
        "aria-busy",
        "false",
      );
    },
  },
  {
    name: "filtered-feed",
    async reach(shell) {
      await shell.openOn(account);
      await pinInA(shell, 2);
      await shell.b.details.getByRole("button", { name: /pinned: show them$/ }).click();
      await expect(shell.b.articles).toHaveCount(2);
    },
  },
  {
    name: "inspector",
    async reach(shell) {
      await shell.openOn(account);
      await shell.button("Stacked").click();
      await shell.button("Inspector").click();
      // The picture is of one pin: what came before it is cleared away.
      await shell.inspector.getByRole("listitem").first().waitFor();
      await shell.button("Clear").click();
      await pinInA(shell, 0);
      // The row in the feed and the count of the account, in each tab.
      await expect(shell.inspector.getByText("patched")).toHaveCount(4);
    },
  },
  {
    name: "edited-meanwhile",
    async reach(shell) {
      await shell.openOn(account);
      for (const [tab, name] of [
        [shell.a, `${account} Gothenburg`],
        [shell.b, `${account} Malmö`],
      ] as const) {
        await tab.button("Edit").click();
        await tab.root.getByRole("textbox", { name: "Name" }).fill(name);
      }
      await shell.b.root.getByRole("combobox", { name: "Plan" }).click();
      await shell.b.root.getByRole("option", { name: "Growth" }).click();
      await saveInB(shell);
      await expect(shell.a.root.getByRole("status", { name: "Changes meanwhile" })).toHaveText(
        "Name and Plan changed in Tab B",
      );
      await expect(shell.a.root.getByText(/^Tab B changed it to “/)).toBeVisible();
      await expect(shell.a.root.getByRole("textbox", { name: "Name" })).toHaveValue(
        `${account} Gothenburg`,
      );
    },
  },
  {
    name: "conflict",
    pane: "Tab A",
    axeOf: ["iframe[title='Tab A']", "[role=dialog]"],
    theme: "dark",
    async reach(shell) {
      await shell.openOn(account);
      for (const [tab, notes] of [
        [shell.a, "Renewal signed. Send the draft in May."],
        [shell.b, "Renewal at risk: call the finance director."],
      ] as const) {
        await tab.button("Edit").click();
        await tab.root.getByRole("textbox", { name: "Notes" }).fill(notes);
      }
      await saveInB(shell);
      await expect(shell.a.root.getByText(/^Tab B changed it to “/)).toBeVisible();
      await shell.a.button("Save").click();
      await expect(
        shell.a.root.getByRole("dialog", { name: "Tab B changed this too" }),
      ).toBeVisible();
    },
  },
  {
    name: "offline",
    pane: "Tab A",
    errors: [/ERR_INTERNET_DISCONNECTED/],
    async reach(shell) {
      await shell.openOn(account);
      await shell.page.context().setOffline(true);
      await expect(shell.a.sync).toHaveText("Offline");
      await addNote(
        shell.a,
        "Called Isabel about the renewal\nShe wants the price list by Friday.",
      );
      await shell.a.pin(shell.a.articles.nth(1)).click();
      await outboxButton(shell.a).click();
      const list = shell.a.root.getByRole("dialog", { name: "Unsent changes" });
      await expect(list.getByRole("listitem")).toHaveCount(2);
    },
  },
  {
    name: "signed-out",
    async reach(shell) {
      await shell.openOn(account);
      await shell.a.button("Sign in").click();
      await shell.a.root.getByRole("menuitem", { name: "Maya Lindqvist" }).click();
      await shell.a.root.getByRole("button", { name: /^Working as Maya/ }).click();
      await shell.a.root.getByRole("menuitem", { name: "Sign out" }).click();
      for (const tab of [shell.a, shell.b]) {
        await expect(tab.root.getByRole("heading", { name: "You are signed out" })).toBeVisible();
        await expect(tab.root.getByRole("button", { name: /Maya Lindqvist/ })).toBeVisible();
      }
    },
  },
  {
    name: "hidden-panel",
    pane: "Tab B",
    async reach(shell) {
      await shell.openOn(account);
      await shell.b.button("Hide details").click();
      await pinInA(shell, 1);
      await expect(shell.b.sync).toHaveText("Updates wait until you look");
    },
  },
  {
    name: "contained-error",
    pane: "Tab A",
    errors: [/500/],
    async reach(shell) {
      await shell.page.route("**/api/accounts/acc-05", (route) =>
        route.fulfill({ status: 500, json: {} }),
      );
      await shell.open(`?A=${at("acc-05")}&B=${at("acc-05")}`);
      for (const tab of [shell.a, shell.b]) {
        await expect(tab.details.getByRole("button", { name: "Try again" })).toBeVisible();
        await expect(tab.articles.first()).toBeVisible();
      }
    },
  },
  {
    name: "failed-pane",
    errors: [/404/, /mf-manifest/, /RUNTIME-/],
    async reach(shell) {
      await shell.openOn(account);
      await shell.page.route("**/mf-manifest.json", (route) => route.fulfill({ status: 404 }));
      await shell.button("Reload Tab B").click();
      await expect(shell.button("Retry: Tab B")).toBeVisible();
    },
  },
  {
    name: "empty",
    async reach(shell) {
      await shell.open();
      await shell.a.account("Orchard Lane Homes").click();
      await expect(shell.a.root.getByText("No activity yet")).toBeVisible();
      await expect(shell.b.root.getByText(/^Select an account/)).toBeVisible();
    },
  },
  {
    name: "narrow",
    size: { width: 390, height: 844 },
    async reach(shell) {
      await shell.open(`?A=${at("acc-05")}&B=${at("acc-02")}`);
      await expect(shell.a.heading(account)).toBeVisible();
      await expect(shell.a.articles.first()).toBeVisible();
    },
  },
];

async function pinInA({ a }: Shell, index: number): Promise<void> {
  const pin = a.pin(a.articles.nth(index));
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await a.togglePin(a.articles.nth(index));
  await expect(pin).toHaveAttribute("aria-pressed", "true");
}

async function saveInB({ b }: Shell): Promise<void> {
  await b.button("Save").click();
  await expect(b.details.getByRole("form")).toHaveCount(0);
}
