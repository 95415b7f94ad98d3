import { expect, type Locator, type Request } from "@playwright/test";
import { untilStored } from "./kept.ts";
import type { Shell } from "./shell.ts";
import type { Tab } from "./tab.ts";

/** Where a new note is written. */
export function noteField(tab: Tab): Locator {
  return tab.root
    .getByRole("form", { name: "New note" })
    .getByRole("textbox", { name: "Note", exact: true });
}

/** Where an article turns into text again. */
export function editField(article: Locator): Locator {
  return article.getByRole("textbox", { name: "Note", exact: true });
}

export async function addNote(tab: Tab, text: string): Promise<void> {
  await noteField(tab).fill(text);
  await tab.button("Add note").click();
}

/** Chooses what its author may do to a note. */
export async function chooseAction(
  tab: Tab,
  article: Locator,
  action: "Edit note" | "Delete note",
): Promise<void> {
  await article.getByRole("button", { name: /^Actions for/ }).click();
  await tab.root.getByRole("menuitem", { name: action }).click();
}

export function outboxButton(tab: Tab): Locator {
  return tab.root.getByRole("button", { name: /^Unsent changes/ });
}

/** Loads one pane anew and waits until it can be worked in. */
export async function reloadPane(shell: Shell, name: "Tab A" | "Tab B"): Promise<void> {
  const tab = shell.pane(name);
  const origin = await tab.timeOrigin();
  await shell.button(`Reload ${name}`).click();
  // Asked in the middle of it, the page is gone before it answers.
  await expect(async () => expect(await tab.timeOrigin()).not.toBe(origin)).toPass();
  await noteField(tab).waitFor();
}

/** Waits until a text that was typed or sent in this tab is on disk. */
export async function expectKept(tab: Tab, kind: "drafts" | "writes", text: string): Promise<void> {
  await untilStored(await tab.frame(), text, [kind]);
}

export const isAnyWrite = (request: Request) =>
  ["POST", "PATCH", "PUT", "DELETE"].includes(request.method());
