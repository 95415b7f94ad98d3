import { useState } from "react";
import type { ShellCommand } from "#contract/shell-commands.ts";
import { commandGroups, localKeys } from "#shared/commands/command-list.ts";
import { Button } from "#ui/button.tsx";
import { Keys } from "#ui/keys.tsx";
import { DialogPart } from "#ui/parts/dialog-part.tsx";
import { areLettersOn, setLettersOn } from "./letter-keys.ts";
import styles from "./shortcuts.module.css";

export interface ShortcutsProps {
  open: boolean;
  onClose: () => void;
  ofShell: readonly ShellCommand[];
}

/** All keys of the tab and its shell. */
export function Shortcuts({ open, onClose, ofShell }: ShortcutsProps) {
  const groups = [
    ...commandGroups.map(({ name, commands }) => ({ name, rows: rowsOf(commands) })),
    { name: "Window", rows: rowsOf(ofShell) },
    { name: "Where the focus is", rows: localKeys },
  ];
  return (
    <DialogPart
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Keyboard shortcuts"
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <LetterSwitch />
      <div className={styles.groups}>
        {groups
          .filter(({ rows }) => rows.length > 0)
          .map(({ name, rows }) => (
            <section key={name} aria-label={name} className={styles.group}>
              <h3 className={styles.name}>{name}</h3>
              <dl>
                {rows.map(({ title, keys }) => (
                  <div key={title} className={styles.row}>
                    <dt>{title}</dt>
                    <dd className={styles.keys}>
                      {keys.map((each) => (
                        <Keys key={each} keys={each} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </DialogPart>
  );
}

/** Who speaks to the browser types letters without wanting to. */
function LetterSwitch() {
  const [isOn, setOn] = useState(areLettersOn);
  return (
    <label className={styles.letters}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => {
          setLettersOn(target.checked);
          setOn(target.checked);
        }}
      />
      Shortcuts of a single character
    </label>
  );
}

function rowsOf(entries: readonly { title: string; keys?: string | undefined }[]) {
  return entries.flatMap(({ title, keys }) => (keys ? [{ title, keys: [keys] }] : []));
}
