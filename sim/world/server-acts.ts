import type { Acts } from "./schedule.ts";
import { strayMessages } from "./stray-messages.ts";
import type { World } from "./world.ts";

/** What goes wrong between tabs and server, and on the channel. */
export type ServerActs = Acts<
  | "server down"
  | "restart"
  | "break feed"
  | "silent feed"
  | "buffered feed"
  | "unanswered"
  | "file broken"
  | "shout"
>;

export function createServerActs(world: World): ServerActs {
  const { server, network, channel, spans, count } = world;

  function goDown(ms: number) {
    count("server down");
    spans.during(
      "server down",
      ms,
      () => {
        network.down = true;
        network.breakStreams();
      },
      () => {
        network.down = false;
      },
    );
  }

  return {
    "server down": ({ ms }) => goDown(ms),
    restart({ keepsLog, ms }) {
      count(keepsLog ? "restart with its log" : "restart without its log");
      server.restart(keepsLog);
      goDown(ms);
    },
    "break feed": () => network.breakStreams(),
    "silent feed": () => network.silenceStreams(),
    "buffered feed": ({ ms }) =>
      spans.during(
        "buffered feed",
        ms,
        () => {
          network.isBuffering = true;
        },
        () => {
          network.isBuffering = false;
        },
      ),
    unanswered: ({ ms }) =>
      spans.during(
        "unanswered",
        ms,
        () => {
          network.isMute = true;
        },
        () => {
          network.isMute = false;
        },
      ),
    "file broken"({ ms }) {
      count("data file broken");
      spans.during(
        "file broken",
        ms,
        () => server.setFile({ broken: "line 1" }),
        () => server.setFile("ok"),
      );
    },
    shout({ what }) {
      const [kind, value] = strayMessages[what % strayMessages.length] ?? ["junk", null];
      count(kind);
      channel.inject("tandem", value);
    },
  };
}
