import { expect, test, vi } from "vitest";
import { createToasts, type ToastData } from "./toasts.ts";

const toast = (id: string): ToastData => ({
  id,
  title: id,
  description: undefined,
  type: "neutral",
  timeout: 5_000,
  actionProps: undefined,
});

test("a toast waits for what shows it, and asks for that", () => {
  const request = vi.fn();
  const toasts = createToasts(request);
  toasts.add(toast("a"));
  toasts.add(toast("b"));
  toasts.close("a");
  expect(request).toHaveBeenCalled();

  const manager = { add: vi.fn(), close: vi.fn() };
  toasts.showBy(manager);
  expect(manager.add.mock.calls).toEqual([[toast("b")]]);
  toasts.add(toast("c"));
  expect(manager.add).toHaveBeenLastCalledWith(toast("c"));
  toasts.close("c");
  expect(manager.close).toHaveBeenCalledWith("c");
});
