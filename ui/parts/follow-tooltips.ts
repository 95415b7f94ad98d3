import type { TooltipProps } from "#ui/tooltip.tsx";

export interface ShownTooltip {
  readonly anchor: HTMLElement;
  readonly text: string;
  readonly side: NonNullable<TooltipProps["side"]>;
}

export interface TooltipOptions {
  isInPopup(node: Node | null): boolean;
  show(tooltip: ShownTooltip): void;
  hide(): void;
  page?: Document;
}

/** Milliseconds of rest before a tooltip is shown. */
const openAfter = 450;
/** Time to move the pointer from the trigger into the tooltip. */
const closeAfter = 120;
/** While one is shown, and for so long after, the next one is shown at once. */
const warmFor = 400;

/**
 * Tells when the tooltip of an element with `data-tooltip` is to be shown: after the pointer rests on it, or when
 * it takes the focus by keyboard. A press and Escape hide it. Returns the undo.
 */
export function followTooltips({
  isInPopup,
  show,
  hide,
  page = document,
}: TooltipOptions): () => void {
  const closing = new AbortController();
  let anchor: HTMLElement | null = null;
  let isShown = false;
  let isWarm = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cooling: ReturnType<typeof setTimeout> | undefined;
  const texts = new MutationObserver(() => void (isShown && present()));

  function present() {
    const text = anchor?.dataset.tooltip;
    if (!anchor?.isConnected || !text) return close();
    isShown = true;
    isWarm = true;
    clearTimeout(cooling);
    const side = (anchor.dataset.tooltipSide ?? "bottom") as ShownTooltip["side"];
    show({ anchor, text, side });
  }
  function open(next: HTMLElement, delay: number) {
    clearTimeout(timer);
    if (next === anchor && isShown) return;
    anchor = next;
    texts.disconnect();
    texts.observe(next, { attributeFilter: ["data-tooltip"] });
    timer = setTimeout(present, isWarm ? 0 : delay);
  }
  function close() {
    clearTimeout(timer);
    texts.disconnect();
    anchor = null;
    if (!isShown) return;
    isShown = false;
    cooling = setTimeout(() => {
      isWarm = false;
    }, warmFor);
    hide();
  }
  function on<E extends keyof DocumentEventMap>(
    type: E,
    listener: (event: DocumentEventMap[E]) => void,
  ) {
    page.addEventListener(type, listener, { capture: true, signal: closing.signal });
  }

  on("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch") return;
    const next = triggerOf(target);
    if (next) return open(next, openAfter);
    clearTimeout(timer);
    if (!isInPopup(target as Node)) timer = setTimeout(close, isShown ? closeAfter : 0);
  });
  on("pointerout", ({ relatedTarget }) => {
    // Out of the window: nothing else is hovered.
    if (relatedTarget === null) close();
  });
  on("focusin", ({ target }) => {
    const next = triggerOf(target);
    if (next?.matches(":focus-visible")) open(next, 0);
  });
  on("focusout", close);
  on("pointerdown", close);
  on("keydown", ({ key }) => {
    if (key === "Escape" || key === "Enter" || key === " ") close();
  });

  return () => {
    closing.abort();
    close();
    clearTimeout(cooling);
  };
}

function triggerOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-tooltip]") : null;
}
