import { memo, useEffect, useRef } from "react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import type { AccountSort } from "#data/queries/account-filter.ts";
import type { ListedAccount } from "#data/queries/account-pages.ts";
import { AccountStatus } from "#shared/fields/account-status.tsx";
import styles from "./account-button.module.css";
import { AccountMarks } from "./account-marks.tsx";
import { AccountValue } from "./account-value.tsx";

/** Milliseconds of hover that count as intent; a pointer that only passes over prefetches nothing. */
const intentDelay = 80;

export interface AccountButtonProps {
  account: ListedAccount;
  /** Of the list: the value that it is sorted by is shown. */
  sort: AccountSort;
  /** State of an edit of it that the server has not confirmed. */
  unconfirmed: Unconfirmed;
  chosen: boolean;
  /** Tab stops at it. */
  isStop: boolean;
  onChoose: (accountId: string) => void;
  /** The pointer or the focus is on it: the user may choose it next. */
  onIntent: (accountId: string) => void;
}

/** Scrolls only the list: `scrollIntoView` would scroll the page and the shell around it as well. */
function revealInList(button: HTMLElement): void {
  const list = button.closest<HTMLElement>("[data-scrolls]");
  if (!list) return;
  const [inner, outer] = [button.getBoundingClientRect(), list.getBoundingClientRect()];
  // The heading of a group stays in view over the rows.
  const top =
    outer.top + (list.querySelector("[data-heading]")?.getBoundingClientRect().height ?? 0);
  if (inner.top < top) list.scrollTop -= top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}

/** "KR" of "Kestrel Robotics", "H" of "Harrow". */
function monogramOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase())
    .join("");
}

export const AccountButton = memo(function AccountButton({
  account,
  sort,
  unconfirmed,
  chosen,
  isStop,
  onChoose,
  onIntent,
}: AccountButtonProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cancelIntent = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  const intend = () => {
    cancelIntent();
    timer.current = setTimeout(() => onIntent(account.id), intentDelay);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  // An account chosen by the URL may be far down the list.
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen && button.current) revealInList(button.current);
  }, [chosen]);

  return (
    <button
      ref={button}
      type="button"
      tabIndex={isStop ? 0 : -1}
      className={styles.button}
      aria-current={chosen ? "true" : undefined}
      onClick={() => {
        cancelIntent();
        onChoose(account.id);
      }}
      // Not `enter`: a page that moves under a resting pointer is nobody's intent.
      onPointerMove={() => timer.current === undefined && intend()}
      onPointerLeave={cancelIntent}
      onFocus={intend}
      onBlur={cancelIntent}
    >
      <span aria-hidden="true" className={styles.monogram} title={account.name}>
        {monogramOf(account.name)}
      </span>
      <span className={styles.name} title={account.name} dir="auto">
        {account.name}
      </span>{" "}
      <AccountMarks accountId={account.id} unconfirmed={unconfirmed} />{" "}
      <span className={styles.plan} data-value={sort !== "name"}>
        <AccountValue account={account} sort={sort} />
      </span>{" "}
      <span className={styles.status}>
        <AccountStatus status={account.status} iconOnly />
      </span>
    </button>
  );
});
