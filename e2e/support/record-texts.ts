import type { Page } from "@playwright/test";

/** Records every text that an element of this selector has from now on, for however short a time. */
export async function recordTexts(page: Page, selector: string): Promise<() => Promise<string[]>> {
  const texts = await page.evaluateHandle((selector) => {
    const texts = new Set<string>();
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll(selector))
        if (textContent) texts.add(textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    return texts;
  }, selector);
  return () => texts.evaluate((all) => [...all]);
}
