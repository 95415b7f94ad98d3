/**
 * Chromium's features that render the popup of the address bar as two web pages in each window: a fifth of
 * a test's CPU, for something that no test opens.
 */
export const addressBarPages = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];
