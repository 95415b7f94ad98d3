import { CircleDashed, CircleDot, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "#ui/tone.ts";
import styles from "./account-status.module.css";

const looks: Record<string, { tone: Tone; icon: ReactNode }> = {
  active: { tone: "green", icon: <CircleDot /> },
  trial: { tone: "blue", icon: <CircleDashed /> },
  "at risk": { tone: "amber", icon: <TriangleAlert /> },
  churned: { tone: "neutral", icon: <CircleSlash /> },
};

export interface AccountStatusProps {
  status: string;
  /** Only the mark; its words stay for assistive technology. */
  iconOnly?: boolean;
}

/** Told by shape as well as by colour. */
export function AccountStatus({ status, iconOnly = false }: AccountStatusProps) {
  const { tone, icon } = looks[status] ?? { tone: "neutral", icon: <CircleDot /> };
  const words = status.charAt(0).toUpperCase() + status.slice(1);
  return (
    <span data-tone={tone} className={`tone ${styles.status}`} title={iconOnly ? words : undefined}>
      <span aria-hidden="true" className={styles.icon}>
        {icon}
      </span>
      <span className={iconOnly ? "visually-hidden" : undefined}>{words}</span>
    </span>
  );
}
