/**
 * The language of the pages, with the order of a day and the clock of the reader's region: "17 Nov" and "16:37" in Germany. Words
 * of another language within an English page would be read aloud wrongly.
 */
export function regionalEnglish(language = globalThis.navigator?.language ?? "en-US"): string {
  try {
    const { region } = new Intl.Locale(language).maximize();
    const { hourCycle } = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
    return `en-${region}-u-hc-${hourCycle}`;
  } catch {
    return "en"; // No language that there is.
  }
}
