const storageKey = "tandem-letter-keys";

/** Whether a letter alone is a shortcut. Who speaks to the browser may switch that off (WCAG 2.1.4). */
export function areLettersOn(): boolean {
  try {
    return localStorage.getItem(storageKey) !== "off";
  } catch {
    return true; // Storage is blocked.
  }
}

/** For all tabs of this browser. */
export function setLettersOn(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, "off");
  } catch {
    // Storage is blocked: they stay on.
  }
}
