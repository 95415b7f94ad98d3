import { expect, test, vi } from "vitest";
import { createInbox } from "../core/inbox.ts";
import { createLedger } from "../core/ledger.ts";
import { createTrace } from "../core/trace.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import { createCatchUp } from "./catch-up.ts";

test("a catch-up that is closed asks nothing more, even when it is run", async () => {
  const ledger = createLedger();
  ledger.sight({ epoch: "e", rev: 3 });
  const fetchChanges = vi.fn(async () => ({ head: { epoch: "e", rev: 3 }, changes: [] }));
  const timers = createTimers();
  const catchUp = createCatchUp({
    ledger,
    inbox: createInbox({ timers, visibility: createVisibility(), onDropped: () => {} }),
    server: { fetchChanges },
    trace: createTrace(),
    onNews: () => {},
    mayAsk: () => true,
    timers,
  });
  await catchUp.run("a test");
  catchUp.close();
  await catchUp.run("a session that is over");
  expect(fetchChanges).toHaveBeenCalledTimes(1);
});
