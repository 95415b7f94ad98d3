import { type ComponentProps, cloneElement, type ReactElement, useRef, useState } from "react";
import type { ReplacedTrigger } from "./replaced-trigger.ts";
import { useUiPart } from "./ui-part.ts";
import { usePart } from "./use-part.ts";

/** `early` is the trigger until the parts are loaded: the same button, which requests them when it is pressed. */
export function useTrigger(
  trigger: ReactElement<ComponentProps<"button">>,
  opens: "menu" | "dialog",
  onPress = () => {},
) {
  const part = useUiPart();
  const parts = usePart(part);
  const [wasPressed, setPressed] = useState(false);
  const hadFocus = useRef(false);

  const early = cloneElement(trigger, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    ref: (button: HTMLButtonElement | null) => () => {
      hadFocus.current = button !== null && document.activeElement === button;
    },
    onClick() {
      setPressed(true);
      onPress();
      part.request();
    },
  });
  const replaced: ReplacedTrigger = {
    wasPressed,
    takeFocus(button) {
      if (!button || !hadFocus.current) return;
      hadFocus.current = false;
      button.focus();
    },
  };
  return { parts, early, replaced };
}
