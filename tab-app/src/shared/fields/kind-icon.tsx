import {
  CalendarDays,
  ChartNoAxesColumn,
  Dot,
  LifeBuoy,
  type LucideIcon,
  Mail,
  Phone,
  ReceiptText,
  StickyNote,
} from "lucide-react";
import type { Tone } from "#ui/tone.ts";
import styles from "./kind-icon.module.css";

const icons: Record<string, { tone: Tone; Icon: LucideIcon }> = {
  note: { tone: "neutral", Icon: StickyNote },
  call: { tone: "green", Icon: Phone },
  email: { tone: "blue", Icon: Mail },
  meeting: { tone: "violet", Icon: CalendarDays },
  invoice: { tone: "amber", Icon: ReceiptText },
  ticket: { tone: "red", Icon: LifeBuoy },
  usage: { tone: "accent", Icon: ChartNoAxesColumn },
};

export function KindIcon({ kind }: { kind: string }) {
  const { tone, Icon } = icons[kind] ?? { tone: "neutral", Icon: Dot };
  return (
    <span aria-hidden="true" data-tone={tone} className={`tone ${styles.icon}`} title={kind}>
      <Icon />
    </span>
  );
}
