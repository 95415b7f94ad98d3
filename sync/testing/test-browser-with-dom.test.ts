// @vitest-environment happy-dom

import { QueryClient } from "@tanstack/query-core";
import { expect, test } from "vitest";
import { createSync } from "../create-sync.ts";
import { createTestBrowser } from "./test-browser.ts";

test("an app runs in a tab where the test has a DOM of its own, and does not see it", () => {
  const browser = createTestBrowser();
  const ofTheTest = document;
  const tab = browser.openTab(() => {
    const sync = createSync({ name: "notes", queryClient: new QueryClient(), effects: {} });
    return { seen: document, close: sync.close };
  });
  expect(tab.app.seen).not.toBe(ofTheTest);
  tab.app.close();
  browser.close();
});
