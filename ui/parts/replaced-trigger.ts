/** What the button that takes the place of another one has of it. */
export interface ReplacedTrigger {
  /** What it opens was asked for before it was loaded. */
  readonly wasPressed: boolean;
  /** Takes the focus if the replaced button had it. */
  readonly takeFocus: (button: HTMLButtonElement | null) => void;
}
