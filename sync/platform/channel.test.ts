import { afterEach, describe, expect, test, vi } from "vitest";
import { createChannels } from "../testing/channels.ts";
import { createPage } from "../testing/page.ts";
import { createTimerClock } from "../testing/timer-clock.ts";
import { type Channel, createChannel, type Transport } from "./channel.ts";

const name = `test-${process.pid}`;

/** The contract of a transport, held by a made-up one and by the platform's. */
const worlds = {
  "in memory": () => {
    const clock = createTimerClock();
    const channels = createChannels(clock);
    return (): Transport => {
      const page = createPage("page", { clock });
      return new (channels.classFor(page))(name) as unknown as Transport;
    };
  },
  "over the real BroadcastChannel": () => () => new BroadcastChannel(name) as unknown as Transport,
};

const open: Channel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

describe.each(Object.entries(worlds))("a channel %s", (_, createWorld) => {
  const join = (world: () => Transport | null, page?: EventTarget) => {
    const channel = createChannel({ name, open: world, page });
    open.push(channel);
    return channel;
  };
  const receivedBy = (channel: Channel) => {
    const received: unknown[] = [];
    channel.subscribe((value) => received.push(value));
    return received;
  };

  test("reaches every other tab, in order, and not its own", async () => {
    const world = createWorld();
    const [a, b, c] = [join(world), join(world), join(world)];
    const [atA, atB, atC] = [receivedBy(a), receivedBy(b), receivedBy(c)];
    for (const value of [1, 2, 3]) a.post({ value });
    b.post({ value: 4 });
    await vi.waitFor(() => expect(atC).toHaveLength(4));
    await vi.waitFor(() => expect(atB).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]));
    expect(atA).toEqual([{ value: 4 }]);
  });

  test("is shut while the page is in the back/forward cache, and open again after", async () => {
    const world = createWorld();
    const page = new EventTarget();
    const [a, b] = [join(world), join(world, page)];
    const atB = receivedBy(b);
    page.dispatchEvent(new Event("pagehide"));
    expect(b.available).toBe(false);
    a.post("while away");
    page.dispatchEvent(new Event("pageshow"));
    expect(b.available).toBe(true);
    a.post("when back");
    await vi.waitFor(() => expect(atB).toContain("when back"));
    expect(atB).toEqual(["when back"]);
  });

  test("a listener that undoes its subscription is not called any more", async () => {
    const world = createWorld();
    const [a, b] = [join(world), join(world)];
    const gone = vi.fn();
    b.subscribe(gone)();
    const atB = receivedBy(b);
    a.post("x");
    await vi.waitFor(() => expect(atB).toEqual(["x"]));
    expect(gone).not.toHaveBeenCalled();
  });
});

test("a channel that fails its self-test counts as missing, and one that passes does not", async () => {
  const open = () => new BroadcastChannel(name) as unknown as Transport;
  const mute = createChannel({ name, open, works: Promise.resolve(false) });
  const sound = createChannel({ name, open, works: Promise.resolve(true) });
  await vi.waitFor(() => expect(mute.available).toBe(false));
  expect(sound.available).toBe(true);
  sound.close();
});

test("a page that may have no channel goes on without one", () => {
  const channel = createChannel({
    name,
    open: () => {
      throw new DOMException("opaque origin", "SecurityError");
    },
  });
  expect(channel.available).toBe(false);
  expect(() => channel.post("x")).not.toThrow();
});
