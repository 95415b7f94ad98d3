const storageKey = "tandem.shell";
const back = "?back";

/**
 * A sign-in in a pane leaves the shell for the provider, and comes back to `/?back`: puts the URL there that the shell
 * had when it was left.
 */
export function returnFromSignIn(
  page: Pick<Window, "location" | "history" | "addEventListener" | "sessionStorage"> = window,
): void {
  const { location, history } = page;
  try {
    if (location.search === back)
      history.replaceState(null, "", `/${page.sessionStorage.getItem(storageKey) ?? ""}`);
    page.addEventListener("pagehide", () =>
      page.sessionStorage.setItem(storageKey, location.search),
    );
  } catch {
    // Storage is blocked: the shell begins anew.
  }
}
