import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type ColorScheme, expectColorScheme } from "./color-scheme.ts";

/** The rules that a page and the frames in it break. `part` limits it to what a selector matches. */
export async function axeViolations(page: Page, part?: string | string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (part) builder.include(part);
  // Panes show one app several times, and axe compares landmarks across frames although each frame has its
  // own title. The test of the standalone tab keeps this rule.
  if (page.frames().length > 1) builder.disableRules("landmark-unique");
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

/** Shows the page in a color scheme, and expects that it breaks no rule. */
export async function expectNoViolations(
  page: Page,
  colorScheme: ColorScheme,
  part?: string[],
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await expectColorScheme(page, colorScheme);
  expect(await axeViolations(page, part), colorScheme).toEqual([]);
}
