import { broadcastChannelWorks } from "./broadcast-channel-works.ts";
import { type Channel, createChannel } from "./channel.ts";
import {
  connectPageVisibility,
  connectSentinel,
  createVisibility,
  type Visibility,
} from "./visibility.ts";

/** A channel that is tested once, and closed when `signal` aborts. */
export function openChannel(name: string, testName: string, signal: AbortSignal): Channel {
  const works = broadcastChannelWorks(testName, { signal });
  const channel = createChannel({ name, works });
  signal.addEventListener("abort", channel.close);
  return channel;
}

/** Follows page and screen until `signal` aborts. Outside a page, always in view. */
export function openVisibility(signal: AbortSignal): Visibility {
  const visibility = createVisibility();
  if (!globalThis.document) return visibility;
  signal.addEventListener("abort", connectPageVisibility(visibility));
  signal.addEventListener("abort", connectSentinel(visibility));
  return visibility;
}

/** `crypto.randomUUID` is missing on plain http beyond localhost. */
export function randomId(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random.toString(16).padStart(8, "0");
}
