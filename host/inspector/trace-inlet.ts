/** `entries` are as the pane sent them: who takes them parses them. */
export type TakeTrace = (pane: string, session: number, entries: unknown) => void;

export interface TraceInlet {
  readonly add: TakeTrace;
  /** Passes on what has come and comes, until its undo is called. */
  open(take: TakeTrace): () => void;
}

/** So many messages wait for the inspector to be loaded. */
const most = 100;

/** Holds what panes send until the inspector has been loaded, which is the first to read it. */
export function createTraceInlet(): TraceInlet {
  const waiting: Parameters<TakeTrace>[] = [];
  let taker: TakeTrace | null = null;
  return {
    add(...message) {
      if (taker) return taker(...message);
      waiting.push(message);
      if (waiting.length > most) waiting.shift();
    },
    open(take) {
      taker = take;
      for (const message of waiting.splice(0)) take(...message);
      return () => {
        taker = null;
      };
    },
  };
}
