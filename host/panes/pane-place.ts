/** Where a pane is among the others. */
export interface PanePlace {
  readonly shown: boolean;
  /** It had the keyboard last, of several. */
  readonly active: boolean;
  /** It is the one that is shown, and the others are behind it. */
  readonly alone: boolean;
  /** Of those that are shown. */
  readonly first: boolean;
  readonly last: boolean;
  /** By which CSS places it: frames do not move in the document. */
  readonly order: number;
  /** No further pane can be opened. */
  readonly full: boolean;
}
