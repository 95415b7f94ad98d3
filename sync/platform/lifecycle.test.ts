import { expect, test } from "vitest";
import { connectLifecycle } from "./lifecycle.ts";
import { createVisibility } from "./visibility.ts";

function createPage() {
  const page = Object.assign(new EventTarget(), { document: new EventTarget() });
  const causes: string[] = [];
  const catchUp = (cause: string) => void causes.push(cause);
  const visibility = createVisibility();
  const disconnect = connectLifecycle(catchUp, visibility, page as unknown as Window);
  return {
    causes,
    visibility,
    disconnect,
    resume: () => page.document.dispatchEvent(new Event("resume")),
    pass: (type: "pagehide" | "pageshow", persisted: boolean) =>
      page.dispatchEvent(Object.assign(new Event(type), { persisted })),
  };
}

test("a page that was frozen asks what it missed", () => {
  const page = createPage();
  page.resume();
  expect(page.causes).toEqual(["a thaw"]);
});

test("out of the back/forward cache it asks once, when its channel is open again", () => {
  const page = createPage();
  page.pass("pagehide", true);
  page.resume();
  expect(page.causes).toEqual([]);
  page.pass("pageshow", true);
  expect(page.causes).toEqual(["the back/forward cache"]);
  page.resume();
  expect(page.causes).toHaveLength(2);
});

test("it asks before anything else hears that the page is in view, and would read by age", () => {
  const page = createPage();
  page.visibility.report("page", false);
  page.pass("pagehide", true);
  page.resume();
  page.visibility.report("page", true);
  expect(page.causes).toEqual(["the back/forward cache"]);
  page.pass("pageshow", true);
  expect(page.causes).toHaveLength(1);
});

test("a page that is loaded has missed nothing", () => {
  const page = createPage();
  page.pass("pageshow", false);
  expect(page.causes).toEqual([]);
});

test("a page asks nothing any more once its tab was closed", () => {
  const page = createPage();
  page.disconnect();
  page.resume();
  page.pass("pageshow", true);
  expect(page.causes).toEqual([]);
});
