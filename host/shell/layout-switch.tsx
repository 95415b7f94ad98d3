import { Columns2, Rows2, Square } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import { layoutChoices } from "./layout-choices.ts";
import styles from "./layout-switch.module.css";
import type { Layout } from "./shell-plan.ts";

const icons: Readonly<Record<Layout, ReactNode>> = {
  side: <Columns2 />,
  stacked: <Rows2 />,
  focus: <Square />,
};

export interface LayoutSwitchProps {
  layout: Layout;
  onChange: (layout: Layout) => void;
}

export function LayoutSwitch({ layout, onChange }: LayoutSwitchProps) {
  return (
    <fieldset className={styles.switch}>
      <legend className="visually-hidden">Layout</legend>
      {layoutChoices.map((choice) => (
        <IconButton
          key={choice.layout}
          size="sm"
          label={choice.label}
          icon={icons[choice.layout]}
          aria-pressed={choice.layout === layout}
          className={styles.choice}
          onClick={() => onChange(choice.layout)}
        />
      ))}
    </fieldset>
  );
}
