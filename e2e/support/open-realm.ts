import type { Page } from "@playwright/test";

/**
 * An empty page of the given origin, in the same context as `beside`: a realm with the origin's storage and
 * channels and none of the product's code.
 */
export async function openRealm(beside: Page, origin: string): Promise<Page> {
  const url = `${origin}an-empty-page`;
  const page = await beside.context().newPage();
  await page.route(url, (route) =>
    route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:,">' }),
  );
  await page.goto(url);
  await beside.bringToFront();
  return page;
}
