import "./outside.css";

/** Somebody opened the frame page by hand. It says what it is and where to go instead. */
export function showOutside(element: HTMLElement): void {
  const text = document.createElement("p");
  text.textContent =
    "This page is a pane of Tandem: it shows a tab inside the shell and does nothing by itself.";
  const link = document.createElement("a");
  link.href = "/";
  link.textContent = "Open the tab on its own";
  element.className = "outside";
  element.replaceChildren(text, link);
}
