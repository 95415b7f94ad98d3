import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { colorSchemes, expectColorScheme } from "./color-scheme.ts";

/** What a color scheme can break. */
const rulesOfColor = ["color-contrast", "link-in-text-block"];

export interface AxeOptions {
  /** Limits it to what a selector matches. */
  part?: string | readonly string[];
  /** By their ids. All that axe has on by default. */
  rules?: readonly string[];
}

/** The rules that a page and the frames in it break. */
export async function axeViolations(
  page: Page,
  { part, rules }: AxeOptions = {},
): Promise<string[]> {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (part) builder.include([part].flat());
  if (rules) builder.withRules([...rules]);
  // Panes show one app several times, and axe compares landmarks across frames although each frame has its
  // own title. The test of the standalone tab keeps this rule.
  else if (page.frames().length > 1) builder.disableRules("landmark-unique");
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

/** Expects that a page breaks no rule in either color scheme. In the second one only the rules of color are tried again. */
export async function expectNoViolations(page: Page, part?: AxeOptions["part"]): Promise<void> {
  for (const colorScheme of colorSchemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectColorScheme(page, colorScheme);
    const rules = colorScheme === colorSchemes[0] ? undefined : rulesOfColor;
    expect(
      await axeViolations(page, { ...(part && { part }), ...(rules && { rules }) }),
      colorScheme,
    ).toEqual([]);
  }
}
