import net from "node:net";

/** What lies between browsers and server, and breaks without a word. It never closes a connection. */
export interface FaultyProxy {
  /** Of the server behind it. */
  readonly url: string;
  /** Streams that are open bring nothing more. */
  silenceStreams(): void;
  /** Streams that are opened from now on bring nothing. */
  holdStreamsBack(): void;
  /** What is asked from now on is not answered, streams included. */
  swallow(): void;
  /** Ends all of it, for what comes from now on. */
  heal(): void;
  close(): Promise<void>;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { port: targetPort, pathname } = new URL(target);
  const sockets = new Set<net.Socket>();
  const streams = new Set<{ isSilent: boolean }>();
  let [holdsBack, swallows] = [false, false];

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(targetPort), "localhost");
    const state = { isSilent: false, isSwallowed: false };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (chunk) => {
      state.isSwallowed ||= swallows;
      if (state.isSwallowed) return;
      if (/^GET \S*\/changes[\s\S]*text\/event-stream/i.test(chunk.toString("latin1"))) {
        streams.add(state);
        state.isSilent = holdsBack;
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (!state.isSilent && !state.isSwallowed) client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;

  return {
    url: `http://localhost:${port}${pathname}`,
    silenceStreams() {
      for (const stream of streams) stream.isSilent = true;
    },
    holdStreamsBack() {
      holdsBack = true;
    },
    swallow() {
      swallows = true;
    },
    heal() {
      [holdsBack, swallows] = [false, false];
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
