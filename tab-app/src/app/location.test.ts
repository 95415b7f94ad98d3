import { afterEach, describe, expect, test, vi } from "vitest";
import { createLocation, formatRoute, type Location, parseRoute } from "./location.ts";

describe("a route and its URL", () => {
  test("a URL parses to the route that formats to it", () => {
    for (const url of [
      "/",
      "/?account=acc-01",
      "/?account=acc-01&hide=activity",
      "/?hide=details%2Cactivity",
      "/?account=%26%3F%23+%C3%A9",
      "/?account=acc-01&kind=call%2Cnote&by=usr-2&pinned=1&find=a+%26+b",
      "/?account=acc-01&name=nort&owner=me&plan=Growth&status=at+risk&sort=-lastActivityAt",
      "/?first=",
      "/?account=acc-01&first=B",
      "/?renewal=soon&changed=unread&sort=renewalDate",
      "/?sort=mrr",
      "/?group=owner&sort=-mrr",
      "/?account=acc-01&hide=details&from=2026-01-01T00%3A00%3A00.000Z",
      "/?account=acc-01&to=2026-01-01T00%3A00%3A00.000Z&activity=act-1",
    ]) {
      expect(formatRoute(parseRoute(url))).toBe(url);
    }
  });

  test("the order of hidden panels does not change the URL", () => {
    expect(formatRoute(parseRoute("/?hide=activity,details,activity"))).toBe(
      "/?hide=details%2Cactivity",
    );
  });

  test.each([
    "",
    "?",
    "//",
    "not a url",
    "javascript:alert(1)",
    "/?account=",
    `/?account=${"x".repeat(201)}`,
    "/?hide=shell,__proto__,",
    "/?kind=,,&by=&pinned=yes&from=yesterday&to=1&find=%20",
    "/?name=+&owner=&plan=&sort=name",
    "/?sort=--mrr",
    "/?renewal=2026&changed=1",
    "/#?account=acc-01",
    "/?%E0%A4%A=1&account%3D",
    "\u0000",
  ])("junk is the empty route: %j", (junk) => {
    expect(formatRoute(parseRoute(junk))).toBe("/");
  });
});

describe("createLocation", () => {
  let location: Location | undefined;
  afterEach(() => {
    location?.close();
    vi.unstubAllGlobals();
  });

  const open = (mode: "push" | "replace", initialUrl = "/", documentUrl = "/") => {
    const [pathname, query] = documentUrl.split("?");
    const target = new EventTarget();
    const history = { state: null, pushState: vi.fn(), replaceState: vi.fn() };
    const page = { pathname, search: query ? `?${query}` : "", hash: "" };
    vi.stubGlobal("window", { location: page });
    vi.stubGlobal("history", history);
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
    vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target));
    const onUrl = vi.fn();
    location = createLocation({ initialUrl, mode, onUrl });
    return { location, history, onUrl, page, target };
  };

  test("a standalone tab pushes an entry for an account, and replaces it for a hidden panel", () => {
    const { location, history, onUrl } = open("push");
    location.chooseAccount("acc-01");
    expect(history.pushState).toHaveBeenCalledWith(null, "", "/?account=acc-01");
    location.setHidden("activity", true);
    expect(history.pushState).toHaveBeenCalledOnce();
    expect(history.replaceState).toHaveBeenCalledOnce();
    expect(onUrl.mock.calls).toEqual([["/?account=acc-01"], ["/?account=acc-01&hide=activity"]]);
  });

  test("Back shows the previous route", () => {
    const { location, page, target } = open("push", "/?account=acc-02");
    const listener = vi.fn();
    location.subscribe(listener);
    page.search = "?account=acc-01";
    target.dispatchEvent(new Event("popstate"));
    expect(location.get().accountId).toBe("acc-01");
    expect(listener).toHaveBeenCalledOnce();
  });

  test("a pane never pushes, and leaves its document's path and other parameters as they are", () => {
    const { location, history } = open("replace", "/", "/frame.html?pane=a");
    location.chooseAccount("acc-01");
    expect(history.pushState).not.toHaveBeenCalled();
    expect(history.replaceState).toHaveBeenCalledWith(
      null,
      "",
      "/frame.html?pane=a&account=acc-01",
    );
  });

  test("`navigate` is not reported back", () => {
    const { location, onUrl } = open("replace");
    location.navigate("/?account=acc-03&hide=details");
    expect(location.get().accountId).toBe("acc-03");
    expect(onUrl).not.toHaveBeenCalled();
  });

  test("navigating to the current route changes and reports nothing", () => {
    const { location, history, onUrl } = open("push", "/?account=acc-01");
    const before = location.get();
    location.chooseAccount("acc-01");
    expect(location.get()).toBe(before);
    expect(history.pushState).not.toHaveBeenCalled();
    expect(onUrl).not.toHaveBeenCalled();
  });
});
