import { expect, it } from "vitest";
import { parseRemoteRequest } from "./remote-request.ts";

const page = (manifest: string, remote = "tabApp") =>
  `http://pane.test/frame.html?${new URLSearchParams({ remote, module: "mount", manifest })}`;

it("allows code from the page's own origin and from allowed origins only", () => {
  const own = { remote: "tabApp", module: "mount", manifest: "http://pane.test/mf-manifest.json" };
  expect(parseRemoteRequest(page("/mf-manifest.json"))).toEqual(own);
  const other = "https://cdn.test/mf-manifest.json";
  expect(parseRemoteRequest(page(other), ["https://cdn.test"])?.manifest).toBe(other);
  for (const bad of [other, "//evil.test/m", "/\\evil.test/m", "data:text/json,{}", "http://["]) {
    expect(parseRemoteRequest(page(bad))).toBeNull();
  }
  expect(parseRemoteRequest(page("/m.json", "../x"))).toBeNull();
  expect(parseRemoteRequest("http://pane.test/frame.html")).toBeNull();
});
