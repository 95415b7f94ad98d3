import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

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
