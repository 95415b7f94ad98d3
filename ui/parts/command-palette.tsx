import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Keys } from "#ui/keys.tsx";
import styles from "./command-palette.module.css";

export interface PaletteItem {
  /** Of its own in the whole list. */
  readonly id: string;
  readonly title: string;
  /** An icon of lucide-react. */
  readonly icon?: ReactNode;
  /** Small, after the title. */
  readonly hint?: string | undefined;
  /** Its shortcut, as `Mod+K`. */
  readonly keys?: string | undefined;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly value: string;
  readonly items: readonly PaletteItem[];
}

export interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  groups: readonly PaletteGroup[];
  /** What is said of the list: announced, and shown where it is empty. */
  status: string;
}

/**
 * A list of what can be found and done, over the page, for the keyboard: a combobox whose list is always open. What is
 * chosen runs once the palette is gone, so that it may move the focus; otherwise the focus goes back to where it was.
 */
export function CommandPalette(props: CommandPaletteProps) {
  const { open, onClose, label, placeholder, text, onText, groups, status } = props;
  const chosen = useRef<PaletteItem | null>(null);
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current) before.current = document.activeElement;
  wasOpen.current = open;

  const finish = () => {
    const { current } = chosen;
    chosen.current = null;
    current?.run();
    const { activeElement, body } = document;
    if ((activeElement === null || activeElement === body) && before.current instanceof HTMLElement)
      before.current.focus();
    before.current = null;
  };
  const choose = (item: PaletteItem) => {
    chosen.current = item;
    onClose();
  };

  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => !next && onClose()}
      onOpenChangeComplete={(next) => !next && finish()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={label} finalFocus={false}>
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            autoHighlight="always"
            keepHighlight
            value={text}
            onValueChange={(next, { reason }) => {
              if (reason !== "item-press") onText(next);
            }}
            itemToStringValue={({ title }: PaletteItem) => title}
          >
            <div className={styles.search}>
              <Search aria-hidden="true" />
              <Autocomplete.Input
                className={styles.input}
                aria-label={label}
                placeholder={placeholder}
                autoComplete="off"
                spellCheck={false}
                dir="auto"
                maxLength={200}
              />
            </div>
            <Autocomplete.Status className={groups.length > 0 ? "visually-hidden" : styles.empty}>
              {status}
            </Autocomplete.Status>
            <Autocomplete.List className={styles.list}>
              {(group: PaletteGroup) => (
                <Autocomplete.Group key={group.value} items={group.items}>
                  <Autocomplete.GroupLabel className={styles.heading}>
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: PaletteItem) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        className={styles.item}
                        onClick={() => choose(item)}
                      >
                        <span aria-hidden="true" className={styles.icon}>
                          {item.icon}
                        </span>
                        <span className={styles.title} dir="auto">
                          {item.title}
                        </span>
                        {item.hint && (
                          <span className={styles.hint} dir="auto">
                            {item.hint}
                          </span>
                        )}
                        {item.keys && <Keys keys={item.keys} />}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
