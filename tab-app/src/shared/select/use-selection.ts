import { useCallback, useMemo, useRef, useState } from "react";

/** Rows of a list that are chosen to do the same to all of them. */
export interface Selection {
  /** Those that are in the list, in its order. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  /** Selects from the row that was toggled last up to this one. */
  readonly extend: (id: string, from?: string) => void;
  readonly clear: () => void;
}

/** `order`: the ids of the list. A row that leaves it is not selected any more. */
export function useSelection(order: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const listed = useRef(order);
  listed.current = order;

  const toggle = useCallback((id: string) => {
    anchor.current = id;
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const extend = useCallback((id: string, from?: string) => {
    const all = listed.current;
    if (anchor.current === null || !all.includes(anchor.current)) anchor.current = from ?? id;
    const ends = [all.indexOf(anchor.current), all.indexOf(id)];
    const range = all.slice(Math.min(...ends), Math.max(...ends) + 1);
    setChosen((before) => new Set([...before, ...range]));
  }, []);
  const clear = useCallback(() => {
    anchor.current = null;
    setChosen(new Set());
  }, []);

  return useMemo(() => {
    const ids = chosen.size === 0 ? [] : order.filter((id) => chosen.has(id));
    const present = new Set(ids);
    return { ids, has: (id: string) => present.has(id), toggle, extend, clear };
  }, [chosen, order, toggle, extend, clear]);
}
