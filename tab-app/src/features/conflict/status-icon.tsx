import { CircleDashed, CircleDot, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "#features/accounts/account-status.module.css";
import type { Tone } from "#ui/tone.ts";

const looks: Record<string, { tone: Tone; icon: ReactNode }> = {
  active: { tone: "green", icon: <CircleDot /> },
  trial: { tone: "blue", icon: <CircleDashed /> },
  "at risk": { tone: "amber", icon: <TriangleAlert /> },
  churned: { tone: "neutral", icon: <CircleSlash /> },
};

/** Decoration only: told by shape as well as by colour, and the words stand beside it. */
export function StatusIcon({ status }: { status: string }) {
  const { tone, icon } = looks[status] ?? { tone: "neutral", icon: <CircleDot /> };
  return (
    <span aria-hidden="true" data-tone={tone} className={`tone ${styles.icon}`}>
      {icon}
    </span>
  );
}
