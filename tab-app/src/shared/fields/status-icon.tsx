import { CircleDashed, CircleDot, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#ui/tone.ts";
import styles from "./account-status.module.css";

const icons: Record<string, { tone: Tone; icon: ReactNode }> = {
  active: { tone: "green", icon: <CircleDot /> },
  trial: { tone: "blue", icon: <CircleDashed /> },
  "at risk": { tone: "amber", icon: <TriangleAlert /> },
  churned: { tone: "neutral", icon: <CircleSlash /> },
};

/** Decoration beside the text; the shape differs as well as the colour. */
export function StatusIcon({ status }: { status: string }) {
  const { tone, icon } = icons[status] ?? { tone: "neutral", icon: <CircleDot /> };
  return (
    <span aria-hidden="true" data-tone={tone} className={`tone ${styles.icon}`}>
      {icon}
    </span>
  );
}
