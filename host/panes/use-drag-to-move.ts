import { type PointerEvent, useRef } from "react";

/** Pixels that a pointer moves before it drags. */
const threshold = 6;

interface Drag {
  readonly x: number;
  readonly y: number;
  isMoving: boolean;
  /** Forgets Escape. */
  stop: () => void;
  target: HTMLElement | null;
}

/**
 * Drags the card of a header to the place of another one. The frames are shielded meanwhile (`data-dragging`), so that none of
 * them takes the pointer. Escape calls it off.
 */
export function useDragToMove(moveTo: (id: string) => void) {
  const drag = useRef<Drag | null>(null);

  const end = (header: HTMLElement) => {
    drag.current?.stop();
    drag.current?.target?.removeAttribute("data-drop");
    const card = cardOf(header);
    card?.removeAttribute("data-dragged");
    card?.parentElement?.removeAttribute("data-dragging");
    drag.current = null;
  };

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const { target, currentTarget } = event;
      if (event.button !== 0 || event.pointerType === "touch" || !(target instanceof Element))
        return;
      // React passes on what is pressed in the menu of the header, which is elsewhere on the page.
      if (!currentTarget.contains(target) || target.closest("button")) return;
      drag.current = {
        x: event.clientX,
        y: event.clientY,
        isMoving: false,
        stop() {},
        target: null,
      };
      currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove({ currentTarget, clientX: x, clientY: y }: PointerEvent<HTMLElement>) {
      const { current } = drag;
      const card = cardOf(currentTarget);
      if (!current || !card) return;
      if (!current.isMoving && Math.hypot(x - current.x, y - current.y) < threshold) return;
      if (!current.isMoving) {
        current.isMoving = true;
        card.dataset.dragged = "";
        card.parentElement?.setAttribute("data-dragging", "");
        const onKeyDown = ({ key }: KeyboardEvent) => {
          if (key === "Escape") end(currentTarget);
        };
        window.addEventListener("keydown", onKeyDown);
        current.stop = () => window.removeEventListener("keydown", onKeyDown);
      }
      const over = document
        .elementsFromPoint(x, y)
        .map((element) => cardOf(element))
        .find((each) => each && !("strip" in each.dataset));
      const target = over && over !== card ? over : null;
      if (target === current.target) return;
      current.target?.removeAttribute("data-drop");
      current.target = target;
      target?.setAttribute("data-drop", "");
    },
    onPointerUp({ currentTarget }: PointerEvent<HTMLElement>) {
      const id = drag.current?.target?.dataset.pane;
      end(currentTarget);
      if (id) moveTo(id);
    },
    onPointerCancel: ({ currentTarget }: PointerEvent<HTMLElement>) => end(currentTarget),
  };
}

function cardOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>("[data-pane]");
}
