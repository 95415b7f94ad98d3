import { ListFilter } from "lucide-react";
import { IconButton } from "#ui/icon-button.tsx";

export interface FilterButtonProps {
  isOpen: boolean;
  onToggle: () => void;
}

/** Shows the fields of the filter, or puts them away with what they filter. */
export function FilterButton({ isOpen, onToggle }: FilterButtonProps) {
  return (
    <IconButton
      size="sm"
      label="Filter activity"
      hint={isOpen ? "Close the filter" : "Filter activity"}
      icon={<ListFilter />}
      aria-expanded={isOpen}
      onClick={onToggle}
    />
  );
}
