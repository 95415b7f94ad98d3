/**
 * Whether what one channel object posts arrives at another: some pages may open one that delivers
 * nothing. `name` is a channel of the test's own; `signal` ends it.
 */
export async function broadcastChannelWorks(
  name: string,
  { patience = 2000, signal }: { patience?: number; signal?: AbortSignal } = {},
): Promise<boolean> {
  // A page that was frozen meanwhile received nothing either, so silence is tested twice.
  return (await delivers(name, patience, signal)) || delivers(name, patience, signal);
}

function delivers(name: string, patience: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const ends: BroadcastChannel[] = [];
    const settle = (works: boolean) => {
      clearTimeout(timer);
      for (const end of ends) end.close();
      resolve(works);
    };
    const timer = setTimeout(() => settle(false), patience);
    signal?.addEventListener("abort", () => settle(true));
    try {
      for (let end = 0; end < 2; end++) ends.push(new BroadcastChannel(name));
      for (const end of ends) end.onmessage = () => settle(true);
      ends[0]?.postMessage(0);
    } catch {
      settle(false);
    }
  });
}
