import type { ComponentType } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { useWhoIsWorking } from "./use-who-is-working.ts";
import { userTrigger } from "./user-trigger.tsx";

/** Who is working, at once; the menu behind it, as soon as that is loaded. */
export function UserMenuLater() {
  const parts = useAppPart<{ UserMenu: ComponentType }>();
  const { user } = useWhoIsWorking();
  return parts ? <parts.UserMenu /> : userTrigger(user);
}
