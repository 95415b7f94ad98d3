import {
  Check,
  CircleOff,
  FlaskConical,
  Hourglass,
  PanelRight,
  PauseCircle,
  ShieldCheck,
  Unplug,
  Waves,
  Wrench,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, type MenuItem } from "#ui/popup/menu.tsx";
import styles from "./developer-menu.module.css";
import { type Faults, noFaults, patchFaults, readFaults } from "./faults.ts";

interface Fault {
  label: string;
  icon: ReactNode;
  patch: Partial<Faults>;
  undo: Partial<Faults>;
  isOn: (faults: Faults) => boolean;
}

const kinds: readonly Fault[] = [
  {
    label: "Slow network (800 ms)",
    icon: <Hourglass />,
    patch: { latencyMs: 800 },
    undo: { latencyMs: 0 },
    isOn: (faults) => faults.latencyMs > 0,
  },
  {
    label: "30% of requests fail",
    icon: <Waves />,
    patch: { errorRate: 0.3 },
    undo: { errorRate: 0 },
    isOn: (faults) => faults.errorRate > 0,
  },
  {
    label: "Fail the next write",
    icon: <CircleOff />,
    patch: { failNextWrites: 1 },
    undo: { failNextWrites: 0 },
    isOn: (faults) => faults.failNextWrites > 0,
  },
  {
    label: "Lose the next answer",
    icon: <Unplug />,
    patch: { loseNextAnswers: 1 },
    undo: { loseNextAnswers: 0 },
    isOn: (faults) => faults.loseNextAnswers > 0,
  },
  {
    label: "Hold back the change stream",
    icon: <PauseCircle />,
    patch: { holdStream: true },
    undo: { holdStream: false },
    isOn: (faults) => faults.holdStream,
  },
];

export interface DeveloperMenuProps {
  inspector: boolean;
  onInspector: (shown: boolean) => void;
  /** Asks what to try out on a tab. */
  onTry: () => void;
}

/**
 * What shows how the tabs work: the inspector, and faults of the server, to see how they cope. Reads the current faults
 * each time it opens.
 */
export function DeveloperMenu({ inspector, onInspector, onTry }: DeveloperMenuProps) {
  const [faults, setFaults] = useState<Faults | null>(null);
  const anyOn = faults !== null && kinds.some((kind) => kind.isOn(faults));
  const read = async () => setFaults(await readFaults());
  const apply = async (patch: Partial<Faults>) => setFaults(await patchFaults(patch));

  const offered: MenuItem[] =
    faults === null
      ? [{ label: "Faults are off on this server", separated: true, disabled: true, onSelect() {} }]
      : [
          ...kinds.map((kind, at) => ({
            label: kind.label,
            icon: kind.icon,
            separated: at === 0,
            hint: kind.isOn(faults) && <Check size={14} aria-label="on" />,
            onSelect: () => apply(kind.isOn(faults) ? kind.undo : kind.patch),
          })),
          {
            label: "Try it on one tab…",
            icon: <FlaskConical />,
            separated: true,
            onSelect: onTry,
          },
          {
            label: "All well",
            icon: <ShieldCheck />,
            disabled: !anyOn,
            onSelect: () => apply(noFaults),
          },
        ];

  return (
    <Menu
      items={[
        {
          label: "Inspector",
          icon: <PanelRight />,
          hint: inspector && <Check size={14} aria-label="on" />,
          onSelect: () => onInspector(!inspector),
        },
        ...offered,
      ]}
      trigger={
        <IconButton
          size="sm"
          label="Developer"
          hint={anyOn ? "Developer: some faults are on" : "Developer"}
          icon={<Wrench />}
          className={anyOn ? styles.on : undefined}
          onFocus={read}
          onPointerDown={read}
        />
      }
    />
  );
}
