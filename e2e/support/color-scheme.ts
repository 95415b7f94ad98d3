import { expect, type Page } from "@playwright/test";

export const colorSchemes = ["dark", "light"] as const;

export type ColorScheme = (typeof colorSchemes)[number];

/** Expects the shell and every pane to be drawn in this scheme. */
export async function expectColorScheme(page: Page, colorScheme: ColorScheme): Promise<void> {
  for (const frame of page.frames())
    await expect
      .poll(() =>
        frame.evaluate(() => {
          const { colorScheme } = getComputedStyle(document.documentElement);
          if (["light", "dark"].includes(colorScheme)) return colorScheme;
          // A frame page whose remote has failed follows the system.
          return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
        }),
      )
      .toBe(colorScheme);
}
