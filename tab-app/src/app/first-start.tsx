import { type ComponentType, useEffect } from "react";
import { useAccountList } from "#data/hooks/use-account-list.ts";
import { allAccounts } from "#data/queries/account-filter.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { TryPinProps } from "./try-pin.tsx";

/** Chooses the account that is listed first. */
export function FirstAccount({ onChoose }: { onChoose: (accountId: string) => void }) {
  const id = useAccountList(allAccounts).accounts?.[0]?.id;
  useEffect(() => {
    if (id !== undefined) onChoose(id);
  }, [id, onChoose]);
  return null;
}

/** Says what to try, until it was tried. */
export function FirstPrompt(props: TryPinProps) {
  const parts = useAppPart<{ TryPin: ComponentType<TryPinProps> }>(true);
  return parts && <parts.TryPin {...props} />;
}
