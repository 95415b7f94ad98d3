// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { createPart } from "./part.ts";

const settled = () => new Promise((resolve) => setTimeout(resolve));
const failure = (url: string) =>
  new TypeError(`Failed to fetch dynamically imported module: ${url}`);

test("a part is loaded once, and those who subscribed are told", async () => {
  const load = vi.fn(async () => "code");
  const part = createPart(load);
  const told = vi.fn();
  part.subscribe(told);
  part.preload();
  part.request();
  await settled();
  expect(part.value).toBe("code");
  expect(load).toHaveBeenCalledTimes(1);
  expect(told).toHaveBeenCalledTimes(1);
});

test("a failure in advance is silent, and one that a user waits for is not", async () => {
  const part = createPart(() => Promise.reject(new Error("no network")));
  part.preload();
  await settled();
  expect(part.hasFailed).toBe(false);
  part.request();
  await settled();
  expect(part.hasFailed).toBe(true);
  part.dismiss();
  expect(part.hasFailed).toBe(false);
});

test("after a failure another URL of the same file is imported, which the browser requests again", async () => {
  const importUrl = vi.fn(async () => "code");
  const part = createPart(
    () => Promise.reject(failure("http://localhost/assets/parts-1a2b.js")),
    importUrl,
  );
  part.request();
  await settled();
  part.request();
  await settled();
  expect(importUrl).toHaveBeenCalledWith("http://localhost/assets/parts-1a2b.js?attempt=2");
  expect(part.value).toBe("code");
  expect(part.hasFailed).toBe(false);
});

test("what could not be loaded is loaded when the network is back", async () => {
  const load = vi.fn(async () => "code").mockRejectedValueOnce(new Error("no network"));
  const part = createPart(load);
  part.preload();
  await settled();
  window.dispatchEvent(new Event("online"));
  await settled();
  expect(part.value).toBe("code");
});

test("nothing is replaced between press and release", async () => {
  const part = createPart(async () => "code");
  window.dispatchEvent(new Event("pointerdown"));
  part.preload();
  await settled();
  expect(part.value).toBeNull();
  window.dispatchEvent(new Event("pointerup"));
  await settled();
  await settled();
  expect(part.value).toBe("code");
});
