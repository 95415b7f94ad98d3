/** Whether what one channel object posts is heard by another. Some pages may open one that delivers nothing. */
export function testBroadcastChannel(patience = 2000): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const ends = [0, 1].map(() => new BroadcastChannel("tandem-test"));
      const settle = (ok: boolean) => {
        for (const end of ends) end.close();
        resolve(ok);
      };
      for (const end of ends) end.onmessage = () => settle(true);
      ends[0]?.postMessage(0);
      setTimeout(() => settle(false), patience);
    } catch {
      resolve(false);
    }
  });
}
