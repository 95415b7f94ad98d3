export const layoutChoices = [
  { layout: "side", label: "Side by side" },
  { layout: "stacked", label: "Stacked" },
  { layout: "focus", label: "Focus one" },
] as const;
