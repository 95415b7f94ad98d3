import "#ui/base.css";
import { createTab } from "#app/create-tab.tsx";
import { applyTheme, preferredTheme } from "#ui/theme.ts";

applyTheme(preferredTheme());

const element = document.getElementById("tab");
if (!element) throw new Error("index.html has no #tab to mount in");

createTab(element, {
  name: "This tab",
  standalone: true,
  url: window.location.pathname + window.location.search,
});
