import { environmentManager, focusManager, onlineManager } from "@tanstack/query-core";
import { connectFocusManager, connectPageVisibility, createVisibility } from "tandem-sync";
import { createTestBrowser } from "tandem-sync/testing";
import { expect, onTestFinished, test } from "vitest";
import { openBoard } from "./open-board.ts";

const headers = { "Tandem-Revision": "e.1" };

function startBoard() {
  const visibility = createVisibility();
  connectPageVisibility(visibility);
  connectFocusManager(visibility, focusManager);
  return openBoard({
    sessionId: "guest",
    visibility,
    onState() {},
    onBuild() {},
    onSignedOut() {},
  });
}

test("out of view the board reads nothing, also when the network is back, and in view it does again", async () => {
  const browser = createTestBrowser({
    server: ({ url }) =>
      url.includes("/activities")
        ? Response.json([], { headers })
        : new Response(null, { status: 404 }),
    singletons: [focusManager, onlineManager],
  });
  environmentManager.setIsServer(() => false);
  onTestFinished(browser.close);
  const reads = () => browser.network.requests.length;
  const tab = browser.openTab(startBoard);
  await browser.pass(1_000);
  expect(reads()).toBeGreaterThan(0);
  tab.hide();
  await browser.pass(60_000);
  const before = reads();
  tab.setOnline(false);
  await browser.pass(1_000);
  tab.setOnline(true);
  await browser.pass(60_000);
  expect(browser.network.requests.slice(before)).toEqual([]);
  tab.show();
  await browser.pass(1_000);
  expect(reads()).toBeGreaterThan(before);
});
