// @vitest-environment happy-dom
import { act, useCallback, useRef } from "react";
import { createRoot } from "react-dom/client";
import { expect, test, vi } from "vitest";
import { createPart } from "#ui/parts/part.ts";
import { createRowVirtualizer } from "#ui/parts/row-virtualizer.ts";
import { UiPartContext, type UiParts } from "#ui/parts/ui-part.ts";
import { maxRendered, useRowWindow } from "./use-row-window.ts";

const rowHeight = 90;

function List({ count }: { count: number }) {
  const list = useRef<HTMLDivElement>(null);
  const keyAt = useCallback((index: number) => `row-${index}`, []);
  const heightOf = useCallback(() => rowHeight, []);
  const shown = useRowWindow({ list, count, keyAt, estimate: rowHeight, heightOf });
  return (
    <div ref={list}>
      {shown.rows.map(({ index, gap }) => (
        <p key={index} ref={shown.measure} data-index={index} data-gap={gap} />
      ))}
    </div>
  );
}

const rows = () => [...document.querySelectorAll("p")];
const indexes = () => rows().map((row) => Number(row.dataset.index));

test("a list that is long requests what renders its window, and renders its first rows and its last until then", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  let arrive = (_: UiParts) => {};
  const load = vi.fn(
    () =>
      new Promise<UiParts>((resolve) => {
        arrive = resolve;
      }),
  );
  const part = createPart(load);
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const show = (count: number) =>
    act(async () =>
      root.render(
        <UiPartContext value={part}>
          <List count={count} />
        </UiPartContext>,
      ),
    );

  await show(maxRendered);
  expect(indexes()).toEqual([...Array(maxRendered).keys()]);
  expect(load).not.toHaveBeenCalled();

  const count = 1_000;
  await show(count);
  expect(load).toHaveBeenCalledTimes(1);
  expect(indexes()).toEqual([...Array(maxRendered).keys(), count - 1]);
  expect(rows().at(-1)?.dataset.gap).toBe(String((count - 1 - maxRendered) * rowHeight));

  const first = rows()[0];
  await act(async () => arrive({ createRowVirtualizer } as UiParts));
  const shown = indexes();
  expect(shown.length).toBeLessThan(2 + 2 * Math.ceil(window.innerHeight / rowHeight));
  expect([shown[0], shown.at(-1)]).toEqual([0, count - 1]);
  const gaps = rows().reduce((sum, row) => sum + Number(row.dataset.gap), 0);
  expect(gaps).toBe((count - shown.length) * rowHeight);
  expect(rows()[0]).toBe(first);
  await act(async () => root.unmount());
});
