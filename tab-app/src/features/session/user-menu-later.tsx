import type { ComponentType } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { ReplacedTrigger } from "#ui/parts/replaced-trigger.ts";
import { useTrigger } from "#ui/parts/use-trigger.ts";
import { useWhoIsWorking } from "./use-who-is-working.ts";
import { userTrigger } from "./user-trigger.tsx";

/** Who is working, at once; the menu behind it, as soon as that is loaded. A press before is not lost. */
export function UserMenuLater() {
  const parts = useAppPart<{ UserMenu: ComponentType<ReplacedTrigger> }>();
  const { user } = useWhoIsWorking();
  const { early, replaced } = useTrigger(userTrigger(user), "menu");
  return parts ? <parts.UserMenu {...replaced} /> : early;
}
