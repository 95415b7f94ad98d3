import { useEffect, useRef, useState } from "react";

/** How long typing pauses before the server is asked, in milliseconds. */
const typingPause = 200;

/** A search field: what is typed runs ahead of the text that is searched for. */
export function useTypedText(text: string, onText: (text: string) => void) {
  const [typed, setTyped] = useState<{ text: string; isSent: boolean } | null>(null);
  const latest = useRef(onText);
  latest.current = onText;

  useEffect(() => {
    if (typed === null || typed.isSent) return;
    const timer = setTimeout(() => {
      setTyped({ ...typed, isSent: true });
      latest.current(typed.text.trim());
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed]);

  // Changed by something else since, such as Back or "Clear".
  const isOver = typed?.isSent && typed.text.trim() !== text;
  return {
    shown: typed === null || isOver ? text : typed.text,
    type: (next: string) => setTyped({ text: next, isSent: false }),
    /** Searches for it without a pause. */
    send(next: string) {
      setTyped({ text: next, isSent: true });
      latest.current(next.trim());
    },
  };
}
