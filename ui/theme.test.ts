// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { chooseTheme, preferredTheme, subscribePreference } from "./theme.ts";

test("the theme follows the system until one is chosen, and a choice in another window", () => {
  const system = Object.assign(new EventTarget(), { matches: false });
  vi.stubGlobal("matchMedia", () => system);
  localStorage.clear();
  const shown: string[] = [];
  const undo = subscribePreference(() => shown.push(preferredTheme()));
  const changeSystem = (matches: boolean) => {
    system.matches = matches;
    system.dispatchEvent(new Event("change"));
  };

  changeSystem(true);
  changeSystem(false);
  expect(shown).toEqual(["dark", "light"]);

  localStorage.setItem("tandem-theme", "dark");
  window.dispatchEvent(new StorageEvent("storage", { key: "tandem-theme" }));
  window.dispatchEvent(new StorageEvent("storage", { key: "something else" }));
  expect(shown).toEqual(["dark", "light", "dark"]);

  chooseTheme("light");
  changeSystem(true);
  expect(shown.at(-1)).toBe("light");

  undo();
  changeSystem(false);
  expect(shown).toHaveLength(4);
});
