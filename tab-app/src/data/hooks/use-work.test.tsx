// @vitest-environment happy-dom
import { notifyManager } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import type { Data } from "#data/session/data.ts";
import { createEmitter } from "#sync";
import { DataContext } from "./use-data.ts";
import { useOutbox } from "./use-work.ts";

afterEach(() => notifyManager.setScheduler((notify) => setTimeout(notify, 0)));

test("a write is rendered when react-query says so, after what sends it", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const waiting: (() => void)[] = [];
  notifyManager.setScheduler((notify) => waiting.push(notify));
  const changed = createEmitter<void>();
  const outbox = { entries: [] as unknown[], subscribe: changed.subscribe };
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const Count = () => <p>{useOutbox().length}</p>;
  await act(async () =>
    root.render(
      <DataContext value={{ outbox } as unknown as Data}>
        <Count />
      </DataContext>,
    ),
  );
  await act(async () => {
    outbox.entries = [{}];
    changed.emit();
  });
  expect(document.querySelector("p")?.textContent).toBe("0");
  await act(async () => {
    for (const notify of waiting) notify();
  });
  expect(document.querySelector("p")?.textContent).toBe("1");
  act(() => root.unmount());
});
