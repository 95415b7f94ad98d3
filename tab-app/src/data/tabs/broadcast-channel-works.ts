/**
 * Whether what one channel object posts is heard by another. Some pages may open one that delivers
 * nothing. A page that fell asleep meanwhile heard nothing either, so silence is asked twice.
 */
export function broadcastChannelWorks(patience = 2000, tries = 2): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const ends = [0, 1].map(() => new BroadcastChannel("tandem-test"));
      const settle = (ok: boolean) => {
        clearTimeout(timer);
        for (const end of ends) end.close();
        resolve(ok);
      };
      const timer = setTimeout(() => {
        if (tries > 1) resolve(broadcastChannelWorks(patience, tries - 1));
        settle(false);
      }, patience);
      for (const end of ends) end.onmessage = () => settle(true);
      ends[0]?.postMessage(0);
    } catch {
      resolve(false);
    }
  });
}
