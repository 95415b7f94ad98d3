import { expect, type Locator } from "@playwright/test";
import type { Tab } from "./tab.ts";

/** The form that edits an account, in one tab. */
export class EditForm {
  readonly tab: Tab;
  constructor(tab: Tab) {
    this.tab = tab;
  }

  get form(): Locator {
    return this.tab.details.getByRole("form", { name: /^Edit / });
  }
  get edit(): Locator {
    return this.tab.details.getByRole("button", { name: "Edit", exact: true });
  }
  get save(): Locator {
    return this.form.getByRole("button", { name: /^Sav/ });
  }
  get changes(): Locator {
    return this.form.getByRole("status", { name: "Changes meanwhile" });
  }
  get dialog(): Locator {
    return this.tab.root.getByRole("dialog", { name: /changed this too$/ });
  }
  text(label: "Name" | "MRR" | "Industry" | "City" | "Notes"): Locator {
    return this.form.getByRole("textbox", { name: label });
  }
  day(label: "Renewal" | "Customer since"): Locator {
    return this.form.getByLabel(label);
  }
  choice(label: "Status" | "Plan" | "Owner"): Locator {
    return this.form.getByRole("combobox", { name: label });
  }

  async open(): Promise<void> {
    await this.edit.click();
    await expect(this.text("Name")).toBeFocused();
  }
  async choose(label: "Status" | "Plan" | "Owner", option: string): Promise<void> {
    await this.choice(label).click();
    await this.tab.root.getByRole("option", { name: option, exact: true }).click();
    await expect(this.choice(label)).toContainText(option);
  }
  /** Saves, and waits until the server has confirmed. */
  async saved(): Promise<void> {
    await this.save.click();
    await expect(this.form).toHaveCount(0);
  }
}
