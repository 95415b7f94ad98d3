/** What a pane's header does. */
export interface PaneActions {
  hide(): void;
  show(): void;
  /** Null where it has no page without the shell. */
  readonly popOut: (() => void) | null;
  close(): void;
  /** Shows it alone, or all again. */
  maximise(): void;
  duplicate(): void;
  askName(): void;
  move(by: -1 | 1): void;
  /** Puts it at the place of another one. */
  moveTo(id: string): void;
}
