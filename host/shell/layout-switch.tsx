import { Columns2, Rows2, Square } from "lucide-react";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./layout-switch.module.css";
import type { Layout } from "./shell-plan.ts";

const choices = [
  { layout: "side", label: "Side by side", icon: <Columns2 /> },
  { layout: "stacked", label: "Stacked", icon: <Rows2 /> },
  { layout: "focus", label: "Focus one", icon: <Square /> },
] as const;

export interface LayoutSwitchProps {
  layout: Layout;
  onChange: (layout: Layout) => void;
}

export function LayoutSwitch({ layout, onChange }: LayoutSwitchProps) {
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">Layout</legend>
      {choices.map((choice) => (
        <IconButton
          key={choice.layout}
          size="sm"
          label={choice.label}
          icon={choice.icon}
          aria-pressed={choice.layout === layout}
          className={styles.choice}
          onClick={() => onChange(choice.layout)}
        />
      ))}
    </fieldset>
  );
}
