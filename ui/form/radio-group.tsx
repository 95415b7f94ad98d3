import type { RadioGroupProps } from "#ui/parts/radio-group-part.tsx";
import { useUiPart } from "#ui/parts/ui-part.ts";
import { usePart } from "#ui/parts/use-part.ts";

/** A choice of one among a few options, all visible. Only in what is loaded on demand itself, as in a dialog. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>) {
  const parts = usePart(useUiPart());
  return parts && <parts.RadioGroupPart {...props} />;
}
