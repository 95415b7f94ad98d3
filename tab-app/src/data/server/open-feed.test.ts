import { afterEach, expect, test, vi } from "vitest";
import type { FeedEvent } from "#sync";
import { createOpenFeed } from "./open-feed.ts";

afterEach(() => void vi.unstubAllGlobals());

test("a server that is known to have no stream is not asked for one until it has", () => {
  const opened: string[] = [];
  class FakeEventSource extends EventTarget {
    constructor(url: string) {
      super();
      opened.push(url);
    }
    close() {}
  }
  vi.stubGlobal("EventSource", FakeEventSource);
  const server = { keepsLog: false };
  const open = createOpenFeed({ keepsLog: () => server.keepsLog });
  const events: FeedEvent[] = [];
  open(null, (event) => events.push(event))();
  expect(events).toEqual([{ type: "lost" }]);
  expect(opened).toEqual([]);
  server.keepsLog = true;
  open({ epoch: "e", rev: 3 }, (event) => events.push(event))();
  expect(opened).toEqual(["/api/changes?since=e.3"]);
});
