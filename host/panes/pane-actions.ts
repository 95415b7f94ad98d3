/** What a pane's header does. */
export interface PaneActions {
  hide(): void;
  show(): void;
  popOut(): void;
  close(): void;
  /** Shows it alone, or all again. */
  maximise(): void;
  duplicate(): void;
  askName(): void;
  move(by: -1 | 1): void;
  /** Puts it at the place of another one. */
  moveTo(id: string): void;
}
