/** Opens a page in a browser tab of its own. */
export function openBeside(url: string): void {
  window.open(url, "_blank", "noopener");
}
