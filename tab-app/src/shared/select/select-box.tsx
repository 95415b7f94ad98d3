import type { MouseEvent } from "react";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import type { Selection } from "./use-selection.ts";

export interface SelectBoxProps extends Pick<Selection, "toggle" | "extend"> {
  id: string;
  title: string;
  isSelected: boolean;
  className?: string | undefined;
}

/** Selects a row; with Shift also those between. By keyboard `x` does it, so that it is no tab stop in each row. */
export function SelectBox({ id, title, isSelected, className, toggle, extend }: SelectBoxProps) {
  if (!useMayWrite()) return null;
  return (
    <input
      type="checkbox"
      aria-label={`Select ${title}`}
      tabIndex={-1}
      className={className}
      checked={isSelected}
      onChange={() => {}}
      onClick={(event: MouseEvent) => (event.shiftKey ? extend(id) : toggle(id))}
    />
  );
}
