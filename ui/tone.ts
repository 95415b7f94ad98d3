/** The colours that carry meaning; each has a tint, an ink and a dot in `tokens.css`. */
export type Tone = "neutral" | "accent" | "green" | "amber" | "red" | "blue" | "violet";
