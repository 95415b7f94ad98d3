import { expect, type Locator, type Request } from "@playwright/test";
import type { Shell } from "./shell.ts";
import { untilStored } from "./stored-text.ts";
import type { Tab } from "./tab.ts";

/** The field of a new note. */
export function noteField(tab: Tab): Locator {
  return tab.root
    .getByRole("form", { name: "New note" })
    .getByRole("textbox", { name: "Note", exact: true });
}

/** The field that edits the note of an article. */
export function editField(article: Locator): Locator {
  return article.getByRole("textbox", { name: "Note", exact: true });
}

export async function addNote(tab: Tab, text: string): Promise<void> {
  await noteField(tab).fill(text);
  await tab.button("Add note").click();
}

/** Chooses from the menu that a note has for its author. */
export async function chooseAction(
  tab: Tab,
  article: Locator,
  action: "Edit note" | "Delete note" | "Edit call",
): Promise<void> {
  await article.getByRole("button", { name: /^Actions for/ }).click();
  await tab.root.getByRole("menuitem", { name: action }).click();
}

export function outboxButton(tab: Tab): Locator {
  return tab.root.getByRole("button", { name: /^Unsent changes/ });
}

/** Reloads a pane and waits until it is ready. */
export async function reloadPane(shell: Shell, name: "Tab A" | "Tab B"): Promise<void> {
  const tab = shell.pane(name);
  const origin = await tab.timeOrigin();
  await shell.button(`Reload ${name}`).click();
  // Traffic in the middle of it, the page is gone before it answers.
  await expect(async () => expect(await tab.timeOrigin()).not.toBe(origin)).toPass();
  await noteField(tab).waitFor();
}

/** Waits until a draft or a write of this tab with this text is in storage. */
export async function expectStored(
  tab: Tab,
  kind: "drafts" | "writes",
  text: string,
): Promise<void> {
  await untilStored(await tab.frame(), text, [kind]);
}

/** Not a report of who is there, which writes no data. */
export const isAnyWrite = (request: Request) =>
  ["POST", "PATCH", "PUT", "DELETE"].includes(request.method()) &&
  !request.url().endsWith("/api/presence");
