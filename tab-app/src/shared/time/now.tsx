import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useInView } from "#sync/react";

const NowContext = createContext(0);

/** The current time for texts such as "2 min ago": one timer for all, which stops out of view. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(Date.now);
  const inView = useInView();

  useEffect(() => {
    if (!inView) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, [inView]);

  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since the Unix epoch, not older than half a minute. */
export function useNow(): number {
  return useContext(NowContext);
}
