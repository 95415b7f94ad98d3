export {
  type ChannelFault,
  type ChannelFaults,
  type Channels,
  createChannels,
} from "./testing/channels.ts";
export { type Clock, createClock, type Owner } from "./testing/clock.ts";
export {
  type CheckResult,
  type ConformanceOptions,
  type ConformanceReport,
  formatReport,
  runConformance,
} from "./testing/conformance.ts";
export type { SentRequest, TestNetwork, TestServer } from "./testing/network.ts";
export { createPage, createTarget, type Page, type Target } from "./testing/page.ts";
export { createRandom, type Random } from "./testing/random.ts";
export { createSharedStorage, type SharedStorage } from "./testing/storage.ts";
export {
  createTestBrowser,
  type TestBrowser,
  type TestBrowserOptions,
  type TestTab,
} from "./testing/test-browser.ts";
export { createTimerClock } from "./testing/timer-clock.ts";
export { createWebLocks, type WebLocks } from "./testing/web-locks.ts";
