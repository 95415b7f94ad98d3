/** The frame page was opened outside the shell: says what it is, and links to the standalone tab. */
export function showOutside(element: HTMLElement): void {
  const text = document.createElement("p");
  text.textContent =
    "This page is a pane of Tandem: it shows a tab inside the shell and does nothing by itself.";
  const link = document.createElement("a");
  link.href = "/";
  link.textContent = "Open the tab on its own";
  Object.assign(element.style, {
    maxWidth: "44ch",
    margin: "20vh auto 0",
    padding: "0 1.5rem",
    font: "0.875rem/1.5 system-ui, sans-serif",
  });
  element.replaceChildren(text, link);
}
