import { X } from "lucide-react";
import { useId, useRef } from "react";
import { KindIcon } from "#shared/fields/kind-icon.tsx";
import { capitalize } from "#shared/text/capitalize.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { toLocalTime } from "./local-time.ts";
import styles from "./log-fields.module.css";
import { type LoggedKind, loggedKinds } from "./logged-kinds.ts";

export interface LogFieldsProps {
  kind: LoggedKind;
  /** As a field for date and time has it; undefined for now. */
  when: string | undefined;
  onKind: (kind: LoggedKind) => void;
  onWhen: (when: string | undefined) => void;
}

/** What is logged, and when it was. Native controls: they bring their keys and the pickers of the system. */
export function LogFields({ kind, when, onKind, onWhen }: LogFieldsProps) {
  const name = useId();
  // The button and the field replace each other, and pass the focus on.
  const passesFocus = useRef(false);
  const takeFocus = (control: HTMLElement | null) => {
    if (!control || !passesFocus.current) return;
    passesFocus.current = false;
    control.focus();
  };
  const change = (next: string | undefined) => {
    passesFocus.current = true;
    onWhen(next);
  };
  return (
    <div className={styles.fields}>
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">Kind</legend>
        {loggedKinds.map((each) => (
          <label key={each} className={styles.kind}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              // "Note" alone is the name of the text's field.
              aria-label={`${capitalize(each)} entry`}
              checked={each === kind}
              onChange={() => onKind(each)}
            />
            <KindIcon kind={each} />
            {capitalize(each)}
          </label>
        ))}
      </fieldset>
      {when === undefined ? (
        <button
          ref={takeFocus}
          type="button"
          className={styles.now}
          aria-label="When: now. Choose another time"
          onClick={() => change(toLocalTime(Date.now()))}
        >
          Now
        </button>
      ) : (
        <span className={styles.time}>
          <input
            ref={takeFocus}
            type="datetime-local"
            aria-label="When"
            className={styles.when}
            value={when}
            onChange={(event) => onWhen(event.target.value)}
          />
          <IconButton
            label="Now"
            hint="Back to now"
            size="sm"
            icon={<X />}
            onClick={() => change(undefined)}
          />
        </span>
      )}
    </div>
  );
}
