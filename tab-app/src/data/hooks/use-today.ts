import { useCallback, useSyncExternalStore } from "react";
import { useInView } from "#sync/react";

/** The day where the user is, as `2026-11-28`. It follows midnight while the tab is in view. */
export function useToday(): string {
  const isInView = useInView();
  const subscribe = useCallback(
    (listener: () => void) => {
      const timer = isInView ? setInterval(listener, 30_000) : undefined;
      return () => clearInterval(timer);
    },
    [isInView],
  );
  return useSyncExternalStore(subscribe, () => dayOfInstant(Date.now()));
}

/** A day as the API has it, `2026-01-31`, of an instant in this time zone. */
export function dayOfInstant(at: number): string {
  const time = new Date(at);
  const [month, date] = [time.getMonth() + 1, time.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${String(time.getFullYear()).padStart(4, "0")}-${month}-${date}`;
}
