import type { OracleContext } from "./context.ts";

/** Claims "one in flight" and "bounded", for one session of one tab. */
export interface RequestLimits {
  /** A request sets out. Returns what is called when it is over. */
  begin(name: string, text: string): () => void;
  /** A request that counts towards the limit. */
  count(name: string, text: string): void;
}

const burstWindow = 1000;
const burstLimit = 9;

export function createRequestLimits({ clock, fail }: OracleContext): RequestLimits {
  const inFlight = new Map<string, number>();
  const times = new Map<string, readonly number[]>();
  return {
    begin(name, text) {
      const others = inFlight.get(name) ?? 0;
      inFlight.set(name, others + 1);
      if (others > 0) fail("one in flight", text);
      let isOver = false;
      return () => {
        if (!isOver) inFlight.set(name, (inFlight.get(name) ?? 1) - 1);
        isOver = true;
      };
    },
    count(name, text) {
      const now = clock.now();
      const recent = (times.get(name) ?? []).filter((at) => at > now - burstWindow);
      times.set(name, [...recent, now]);
      if (recent.length >= burstLimit)
        fail("bounded", `${text} ${recent.length + 1} times in a second`);
    },
  };
}
