import type { WebKitPage } from "./test.ts";

export const noteText = "form[aria-label='New note'] textarea";

export async function syncStatus(page: WebKitPage): Promise<string | undefined> {
  return (await page.texts("[role=status][aria-label='Sync']"))[0];
}

export async function signInAs(page: WebKitPage, name: string): Promise<void> {
  await page.choose("Sign in");
  await page.choose(name);
}
