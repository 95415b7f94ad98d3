import { Plus, Search, SlidersHorizontal } from "lucide-react";
import { type ComponentType, memo, type RefObject, useState } from "react";
import { useAccountTotal } from "#data/hooks/use-account-list.ts";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import {
  type AccountFilter,
  allAccounts,
  isFilteringAccounts,
} from "#data/queries/account-filter.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { useTypedText } from "#shared/text/use-typed-text.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Popover } from "#ui/popup/popover.tsx";
import styles from "./account-list-head.module.css";
import type { NewAccountProps } from "./new-account/new-account.tsx";
import type { ListOptionsProps } from "./options/list-options.tsx";

interface Parts {
  readonly ListOptions: ComponentType<ListOptionsProps>;
  readonly NewAccount: ComponentType<NewAccountProps>;
}

/** What to do with the first row once `text` was searched for. */
export interface WantedRow {
  readonly how: "choose" | "focus";
  readonly text: string;
}

export interface AccountListHeadProps {
  list: AccountFilter;
  onList: (list: AccountFilter) => void;
  /** How many accounts pass the filter. */
  total: number | undefined;
  input: RefObject<HTMLInputElement | null>;
  /** Enter or arrow down in the search field. */
  onGo: (wanted: WantedRow) => void;
  onCreated: (accountId: string) => void;
}

/**
 * What the list shows: how many accounts of how many, the search, and the way to its filter and order. Not rendered where the
 * focus comes to a row, or leaves it for another pane: React writes the attributes of a field each time.
 */
export const AccountListHead = memo(function AccountListHead({
  list,
  onList,
  total,
  input,
  onGo,
  onCreated,
}: AccountListHeadProps) {
  const all = useAccountTotal(list);
  const { shown, type, send } = useTypedText(list.text, (text) => onList({ ...list, text }));
  const [isOpen, setOpen] = useState(false);
  useCommand("filter accounts", () => {
    input.current?.focus();
    input.current?.select();
  });
  const [isNew, setNew] = useState(false);
  const mayWrite = useMayWrite();
  const parts = useAppPart<Parts>(isNew);
  useCommand("list options", () => setOpen(true));
  useCommand("new account", () => setNew(true), mayWrite);
  const isChanged =
    isFilteringAccounts({ ...list, text: "" }) ||
    list.group !== null ||
    list.sort !== allAccounts.sort ||
    list.isDescending;
  const count = total?.toLocaleString("en");
  return (
    <search aria-label="Accounts to list" className={styles.head}>
      <h2 className={styles.heading}>Accounts</h2>
      <span className={styles.count}>
        {all === undefined ? count : `${count} of ${all.toLocaleString("en")}`}
      </span>
      <span className={styles.options}>
        {mayWrite && (
          <IconButton size="sm" label="New account" icon={<Plus />} onClick={() => setNew(true)} />
        )}
        {parts && (
          <parts.NewAccount open={isNew} onClose={() => setNew(false)} onCreated={onCreated} />
        )}
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          title="List of accounts"
          align="start"
          trigger={
            <IconButton
              size="sm"
              label="Sort and filter accounts"
              icon={<SlidersHorizontal />}
              data-changed={isChanged}
            />
          }
        >
          {parts && <parts.ListOptions list={list} onList={onList} />}
        </Popover>
      </span>
      <div className={styles.filter}>
        <Search aria-hidden="true" />
        <input
          ref={input}
          type="search"
          aria-label="Filter accounts"
          placeholder="Filter"
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          value={shown}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") send("");
            const isEnter = event.key === "Enter" && shown.trim() !== "";
            if (!isEnter && event.key !== "ArrowDown") return;
            event.preventDefault();
            send(shown);
            onGo({ how: isEnter ? "choose" : "focus", text: shown.trim() });
          }}
        />
      </div>
    </search>
  );
});
