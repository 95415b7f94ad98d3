import { isTyping } from "./keys.ts";

/**
 * The shell's keyboard shortcuts, which work wherever the focus is. Keys pressed in a frame do not
 * reach the shell, so the frame page forwards these, and no others.
 */
export const chords = [
  "focus-1",
  "focus-2",
  "focus-3",
  "focus-4",
  "focus-5",
  "focus-6",
  "focus-7",
  "focus-8",
  "focus-9",
  "inspector",
  "add-tab",
  "reopen-tab",
  "maximise",
  "move-back",
  "move-on",
] as const;
export type Chord = (typeof chords)[number];

const keys: Readonly<Partial<Record<Chord, string>>> = {
  inspector: "I",
  "add-tab": "T",
  "reopen-tab": "Z",
  maximise: "M",
  "move-back": "Shift+ArrowLeft",
  "move-on": "Shift+ArrowRight",
};

/** As lists of shortcuts have it: `Alt+1`, `Alt+I`. */
export function keysOfChord(chord: Chord): string {
  return `Alt+${keys[chord] ?? chord.slice("focus-".length)}`;
}

type Keys = Pick<
  KeyboardEvent,
  "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "repeat" | "isTrusted"
> & { readonly target?: EventTarget | null };

/** `Alt` with a letter or a digit, or with Shift and an arrow. Not for events made by scripts, nor in text fields: Option types letters. */
export function chordOf(event: Keys): Chord | null {
  if (!event.isTrusted || event.repeat || !event.altKey) return null;
  if (event.ctrlKey || event.metaKey || isTyping(event.target)) return null;
  const find = (pressed: string | undefined) =>
    chords.find((chord) => keysOfChord(chord) === `Alt+${pressed}`) ?? null;
  if (event.shiftKey) return event.key.startsWith("Arrow") ? find(`Shift+${event.key}`) : null;
  // By the letter, wherever the layout has it. Option types other characters than letters: there by the place.
  const [, place] = /^(?:Key|Digit)([A-Z1-9])$/.exec(event.code) ?? [];
  const pressed = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : place;
  return find(pressed);
}

/** Calls `onChord` for each chord pressed on this page, and hides the key from the page. Returns the undo. */
export function listenForChords(target: Window, onChord: (chord: Chord) => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = chordOf(event);
    if (!chord) return;
    event.preventDefault();
    event.stopPropagation();
    onChord(chord);
  };
  target.addEventListener("keydown", onKeyDown, { capture: true });
  return () => target.removeEventListener("keydown", onKeyDown, { capture: true });
}
